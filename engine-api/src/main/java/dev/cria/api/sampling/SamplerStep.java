package dev.cria.api.sampling;

/**
 * One step of a sampler: changes logits, drops candidates, or both.
 *
 * <p>The tokens so far are in the {@link SamplingContext}, so few steps need state. One that keeps some overrides {@link #accept}, {@link #reset} and {@link #copy}. It is
 * used by one thread at a time.
 *
 * @since 0.1
 */
public interface SamplerStep {

  /**
   * Changes the candidates in place: it may reorder and shorten them, and keeps at least one that is possible.
   *
   * <p>A logit of −infinity is a token that must not come; it stays so. Steps make no NaN and no +infinity.
   */
  void apply(Candidates candidates, SamplingContext context);

  /** Learns the token that came next, from the prompt or drawn. The default forgets it. */
  default void accept(int token) {}

  /** Forgets all tokens. The default has nothing to forget. */
  default void reset() {}

  /** An independent step with the same parameters and state. The default, for steps without state, is itself. */
  default SamplerStep copy() {
    return this;
  }
}
