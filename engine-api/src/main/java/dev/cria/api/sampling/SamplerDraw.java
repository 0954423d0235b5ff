package dev.cria.api.sampling;

/**
 * The end of a sampler: chooses one of the candidates.
 *
 * <p>State is kept and copied as in {@link SamplerStep}.
 *
 * @since 0.1
 */
public interface SamplerDraw {

  /**
   * Chooses a token; it may use the candidates as working space.
   *
   * @return the id of one of the candidates, never one whose logit is −infinity
   * @throws IllegalArgumentException if a logit is NaN or +infinity, or all are −infinity
   */
  int draw(Candidates candidates, SamplingContext context);

  /** Learns the token that came next, from the prompt or drawn. The default forgets it. */
  default void accept(int token) {}

  /** Forgets all tokens. The default has nothing to forget. */
  default void reset() {}

  /** An independent draw with the same parameters and state. The default, for draws without state, is itself. */
  default SamplerDraw copy() {
    return this;
  }
}
