package dev.cria.api.sampling;

/**
 * Offers one kind of {@link SamplerStep} by name.
 *
 * @since 0.1
 */
public interface SamplerStepProvider extends SamplerProvider {

  /**
   * Creates a step.
   *
   * @param parameters all that are {@linkplain #parameters() declared}, each in its range, by {@link #check}
   * @param vocabulary the tokens that there are
   * @throws IllegalArgumentException if they do not go together, or not with the vocabulary; the message says which and why
   */
  SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary);
}
