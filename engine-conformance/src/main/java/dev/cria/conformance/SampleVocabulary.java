package dev.cria.conformance;

import dev.cria.api.sampling.SamplerVocabulary;
import java.nio.charset.StandardCharsets;

/** Tokens with texts: one of seven is a line break, the others are words; the texts are made anew each time. */
record SampleVocabulary(int size) implements SamplerVocabulary {

  @Override public byte[] bytes(int token) {
    return (token % 7 == 6 ? "\n" : " w" + token).getBytes(StandardCharsets.UTF_8);
  }
}
