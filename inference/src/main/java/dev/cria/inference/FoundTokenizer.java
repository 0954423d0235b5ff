package dev.cria.inference;

import dev.cria.tokenizers.Tokenizer;

/**
 * A tokenizer and where it was found.
 *
 * @param tokenizer ready to use
 * @param origin for people: a path, or {@code inside the model}
 */
public record FoundTokenizer(Tokenizer tokenizer, String origin) {}
