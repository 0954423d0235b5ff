package dev.cria.api.sampling;

/**
 * Chooses tokens: a chain of {@linkplain SamplerStep steps} and one {@linkplain SamplerDraw draw}, ready to use.
 *
 * <p>Used by one thread at a time. It allocates nothing per token in steady state.
 *
 * @since 0.1
 */
public interface Sampler {

  /**
   * Chooses the next token. The caller then tells it, and every token of the prompt, by {@link #accept}.
   *
   * @param logits {@code (vocabSize,)} at {@code offset}; not changed
   */
  int sample(float[] logits, int offset);

  /** Learns the token at the next position, from the prompt or drawn. */
  void accept(int token);

  /** Forgets all tokens and starts at position 0. The generator goes on where it is. */
  void reset();

  /** An independent sampler in the same state, its generator included. */
  Sampler copy();
}
