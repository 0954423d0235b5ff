package dev.cria.inference;

import java.io.IOException;

/** A program that lets the built-in model tell its sentence. */
final class ToldSentence {

  private ToldSentence() {}

  static void main() throws IOException {
    try (Engine engine = Engine.builtIn().threads(1).load()) {
      System.out.println(engine.generate(GenerationRequest.of("")).text());
    }
  }
}
