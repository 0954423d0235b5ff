/**
 * From logits to the next token.
 *
 * <p>Start at {@link dev.cria.sampling.Samplers}. A sampler is a chain: steps narrow or reshape the candidates in a stated
 * order, then one draw picks. The steps here are {@code temperature} and {@code top-p}, the draws {@code greedy},
 * {@code multinomial} and {@code llama2c}; all are found by name, as those of a plugin are. All chance comes from the
 * generator that the caller gives. Nothing allocates per token.
 */
@NullMarked
package dev.cria.sampling;

import org.jspecify.annotations.NullMarked;
