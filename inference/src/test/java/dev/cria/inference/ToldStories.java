package dev.cria.inference;

import java.io.IOException;
import java.util.List;

/** A program that lets the built-in model tell the stories of the golden file. */
final class ToldStories {

  private static final List<String> PROMPTS = List.of("", "Tom and his dog", "The llama said: \"Do you like my",
      "Zoë 😀");

  private ToldStories() {}

  static void main(String[] args) throws IOException {
    System.out.print(told(args[0], 2));
  }

  /** The likeliest stories, as the golden file has them. */
  static String told(String backend, int threads) throws IOException {
    StringBuilder out = new StringBuilder();
    try (Engine engine = Engine.builtIn().backend(backend).threads(threads).load()) {
      for (String prompt : PROMPTS) {
        out.append("> ").append(prompt).append('\n').append(engine.generate(GenerationRequest.of(prompt)).text())
            .append("\n\n");
      }
    }
    return out.toString();
  }
}
