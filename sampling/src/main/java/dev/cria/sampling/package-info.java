/**
 * From logits to the next token.
 *
 * <p>Start at {@link dev.cria.sampling.SamplerProviders}, or at {@link dev.cria.sampling.Samplers} for llama2.c's. A sampler is a
 * chain: steps narrow or reshape the candidates in a stated order, then one draw picks. Steps here are {@code logit-bias},
 * {@code penalties}, {@code dry}, {@code top-n-sigma}, {@code top-k}, {@code typical}, {@code top-p}, {@code min-p}, {@code xtc} and
 * {@code temperature}, the draws {@code greedy}, {@code multinomial}, {@code mirostat} and {@code llama2c}; all are found by name, as
 * those of a plugin are. All chance comes from the generator that the caller gives; the tokens so far are the context's, so that
 * steps keep none. Nothing allocates per token.
 */
@NullMarked
package dev.cria.sampling;

import org.jspecify.annotations.NullMarked;
