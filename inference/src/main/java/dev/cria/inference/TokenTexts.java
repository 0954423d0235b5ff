package dev.cria.inference;

import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.tokenizers.Tokenizer;

/**
 * What a sampler may know of the tokens, as the tokenizer spells them.
 *
 * @param tokenizer of the model
 * @param size how many logits the model has; those without a piece spell nothing
 */
public record TokenTexts(Tokenizer tokenizer, int size) implements SamplerVocabulary {

  @Override public byte[] bytes(int token) {
    return token < tokenizer.vocabSize() ? tokenizer.bytes(-1, token) : new byte[0];
  }
}
