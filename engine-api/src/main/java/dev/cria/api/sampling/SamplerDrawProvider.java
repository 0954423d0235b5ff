package dev.cria.api.sampling;

/**
 * Offers one kind of {@link SamplerDraw} by name.
 *
 * @since 0.1
 */
public interface SamplerDrawProvider extends SamplerProvider {

  /**
   * Creates a draw.
   *
   * @param parameters all that are {@linkplain #parameters() declared}, each in its range, by {@link #check}
   * @param vocabulary the tokens that there are
   * @throws IllegalArgumentException if they do not go together, or not with the vocabulary; the message says which and why
   */
  SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary);
}
