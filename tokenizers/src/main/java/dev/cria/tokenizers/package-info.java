/**
 * Text to token ids, and token ids back to text.
 *
 * <p>Start at {@link dev.cria.tokenizers.Tokenizer#of}. {@link dev.cria.tokenizers.SentencePieceBpe} is the one of Llama 2 and
 * llama2.c; {@link dev.cria.tokenizers.TokenizerBin} reads and writes its vocabulary as llama2.c does, {@link
 * dev.cria.tokenizers.SentencePieceModel} as SentencePiece does. {@link dev.cria.tokenizers.ByteLevelBpe} is the one of Llama 3, Qwen and
 * SmolLM. Tokens become text one by one in a {@link dev.cria.tokenizers.StreamDecoder}, which never shows half a character. Text is taken verbatim, unless the
 * vocabulary wants it normalised, and what looks like a control token is text unless the caller asks.
 */
@NullMarked
package dev.cria.tokenizers;

import org.jspecify.annotations.NullMarked;
