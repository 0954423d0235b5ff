package dev.cria.conformance;

import dev.cria.api.sampling.SamplerParameters;

/**
 * How often a draw takes each token, computed by hand.
 *
 * @param parameters of the draw, as a user gives them
 * @param logits {@code (vocabSize,)}
 * @param probabilities {@code (vocabSize,)}, that each token is the first one drawn; 0 for one that must never be
 * @since 0.1
 */
public record DrawExample(SamplerParameters parameters, float[] logits, double... probabilities) {}
