package dev.cria.api.kernel;

/**
 * A part of the Kernel contract that an implementation may refuse, by name.
 *
 * @since 0.1
 */
public enum KernelFeature {
  /** {@link Epilogue.Bias}. */
  BIAS,
  /** {@link Gate#GELU} in {@link Epilogue.Gated}. */
  GELU,
  /** {@link RopeLayout#INTERLEAVED}. */
  ROPE_INTERLEAVED,
  /** {@link RopeLayout#HALF_SPLIT}. */
  ROPE_HALF_SPLIT,
  /** {@link AttentionShape#causal()} false: rows see positions after their own. */
  BIDIRECTIONAL,
  /** {@link AttentionShape#window()} smaller than the context. */
  SLIDING_WINDOW,
  /** {@link AttentionShape#softCap()} set. */
  SOFT_CAP,
  /** {@link Kernel#gemm}. */
  GEMM,
  /** {@link Kernel#exp}. */
  EXP
}
