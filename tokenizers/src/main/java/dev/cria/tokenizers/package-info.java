/**
 * Text to token ids, and token ids back to text.
 *
 * <p>Encoding is exact for each model's own vocabulary; decoding is a stream that never shows half a character.
 */
@NullMarked
package dev.cria.tokenizers;

import org.jspecify.annotations.NullMarked;
