/**
 * Text to token ids, and token ids back to text.
 *
 * <p>Start at {@link dev.cria.tokenizers.Tokenizer}. {@link dev.cria.tokenizers.SentencePieceBpe} is the one of Llama 2 and
 * llama2.c; {@link dev.cria.tokenizers.TokenizerBin} reads and writes its vocabulary as llama2.c does. Tokens become text one
 * by one in a {@link dev.cria.tokenizers.StreamDecoder}, which never shows half a character. Text is taken verbatim: nothing is
 * trimmed or normalised, and what looks like a control token is text unless the caller asks.
 */
@NullMarked
package dev.cria.tokenizers;

import org.jspecify.annotations.NullMarked;
