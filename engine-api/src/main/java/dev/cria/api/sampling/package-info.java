/**
 * The Sampler SPI: how the next token is chosen from the logits.
 *
 * <p>A sampler is a chain: {@linkplain dev.cria.api.sampling.SamplerStep steps} that change or drop
 * {@linkplain dev.cria.api.sampling.Candidates candidates}, in a stated order, then one
 * {@linkplain dev.cria.api.sampling.SamplerDraw draw}. Each is found by name through its provider and made from
 * {@linkplain dev.cria.api.sampling.SamplerParameters parameters} that the provider declares.
 */
@NullMarked
package dev.cria.api.sampling;

import org.jspecify.annotations.NullMarked;
