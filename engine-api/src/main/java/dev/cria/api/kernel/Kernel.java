package dev.cria.api.kernel;

import java.util.List;
import java.util.Set;

/**
 * The numeric operations of a Llama model.
 *
 * <p><b>Every worker runs every operation.</b> All threads of a team call the same operation with the same arguments, in
 * the same order; each computes its share ({@link Worker#shareStart}, {@link Worker#shareEnd}) of units that depend on
 * the shapes alone, or those that it {@linkplain Worker#draw() draws}, and writes nothing else. An operation neither waits
 * on entry nor on return: the caller puts a {@link Worker#barrier()} after each, if it has one worker or many. Within an operation a kernel may use the barrier between phases of its own, on
 * every path, so that all workers meet it equally often.
 *
 * <p><b>Shapes</b> are written {@code (rows, columns)}, row-major. In a batch a row is a token: one when generating, many
 * in a prompt. Unless stated, an output must not overlap an input. An operation allocates nothing in steady state;
 * scratch memory is asked for in {@link #scratch(KernelLimits)}.
 *
 * <p><b>Bits.</b> {@code docs/NUMERICS.md} fixes the order of every sum. A kernel of grade {@link Grade#EXACT} gives just
 * those bits; one of grade {@link Grade#BOUNDED} stays within a stated bound of the exact result. Both give the same
 * result for one worker and many, and for one row and many. NaN and infinity spread as IEEE 754 has it; which NaN is not
 * defined.
 *
 * <p><b>Errors.</b> Arguments whose shapes disagree are refused with an {@link IllegalArgumentException} before anything is
 * written; {@link Shapes} has these checks with their messages, for every implementation to call. An operation that needs
 * a {@linkplain #refused() refused feature} throws {@link UnsupportedFeatureException}.
 *
 * @since 0.1
 */
public interface Kernel {

  /**
   * Looks up token embeddings: {@code out[r] = table[tokens[r]]}.
   *
   * @param out {@code (rows, dim)}
   * @param table {@code (vocabSize, dim)}, row-major: looked up, not multiplied, so never prepared
   * @param tokens {@code (rows,)} or longer; each in {@code [0, vocabSize)}
   * @throws IllegalArgumentException if the table is prepared, the widths differ, there are fewer tokens than rows, or a
   *     token is out of range
   */
  void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens);

  /**
   * Root-mean-square normalisation of each row:
   * {@code out[r][i] = x[r][i] / sqrt(mean(x[r]²) + epsilon) * gain[i]}.
   *
   * <p>Norms per head are the same operation on {@link FloatMatrix#split(int)}.
   *
   * @param out {@code (rows, width)}; may be the same view as {@code x}
   * @param x {@code (rows, width)}
   * @param gain {@code (width,)} learned scale
   * @param epsilon added to the mean square, dimensionless, positive; Llama 2 uses 1e-5
   * @throws IllegalArgumentException if the shapes differ
   * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019, Root Mean Square Layer Normalization</a>
   */
  void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon);

  /**
   * Multiplies one to three matrices by the same rows in one pass: {@code out_m[r] = w_m · x[r]}, then the epilogue.
   *
   * <p>With {@link Epilogue.Gated} there is one output, {@code act(w_0 · x[r]) * (w_1 · x[r])}; otherwise one per matrix.
   *
   * @param out {@code (rows, w_m.rows())} each; they must not overlap each other or {@code x}
   * @param product the matrices, each {@code (m_rows, cols)}, and the epilogue
   * @param x {@code (rows, cols)}
   * @throws IllegalArgumentException if shapes or the number of outputs disagree
   */
  void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x);

  /**
   * Rotates pairs of each head by the angles of the row's position, in place.
   *
   * @param x {@code (rows, heads * headDim)}
   * @param table cosines and sines, and which elements make a pair
   * @param placement the position of each row; less than {@code table.positions()}
   * @throws IllegalArgumentException if the width is no multiple of the head, or a position is beyond the table
   * @see <a href="https://arxiv.org/abs/2104.09864">Su et al. 2021, RoFormer (rotary position embedding)</a>
   */
  void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement);

  /**
   * Stores the keys and values of each row at its position: the only way into a cache.
   *
   * @param placement where each row goes
   * @param key {@code (rows, kvHeads * headDim)}
   * @param value {@code (rows, kvHeads * headDim)}
   * @throws IllegalArgumentException if the widths do not fit the cache, or a position is beyond its capacity
   */
  void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value);

  /**
   * Scaled dot-product attention of each row over the positions that it may see.
   *
   * <p>The keys and values of the rows themselves have been stored before. Head {@code h} reads key-value head
   * {@code h / (heads / kvHeads)}.
   *
   * @param out {@code (rows, heads * headDim)}
   * @param query {@code (rows, heads * headDim)}
   * @param placement the cache and position of each row
   * @throws IllegalArgumentException if the shapes disagree
   * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, Attention Is All You Need, §3.2.1</a>
   * @see <a href="https://arxiv.org/abs/2305.13245">Ainslie et al. 2023, GQA (grouped heads)</a>
   */
  void attention(Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape);

  /**
   * General matrix product for training: {@code out = op(a) · op(b)}, or {@code out = out + op(a) · op(b)}, where each chain
   * of sums starts with what is in {@code out}.
   *
   * @param out {@code (m, n)}
   * @param a {@code (m, k)}, or {@code (k, m)} if transposed
   * @param b {@code (k, n)}, or {@code (n, k)} if transposed
   * @throws IllegalArgumentException if the shapes disagree
   */
  void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form);

  /**
   * Exponentials for training, in place: {@code x[r][i] = exp(x[r][i] - shift[r])}, the numerators of a softmax whose rows
   * have these maxima.
   *
   * @param x {@code (rows, width)}
   * @param shift {@code (rows,)} or longer
   * @throws IllegalArgumentException if there are fewer shifts than rows
   * @throws UnsupportedFeatureException unless overridden; such a kernel {@linkplain #refused() refuses}
   *     {@link KernelFeature#EXP}
   */
  default void exp(Worker worker, FloatMatrix x, float[] shift) {
    throw new UnsupportedFeatureException("exp", KernelFeature.EXP);
  }

  /**
   * The layout in which this kernel likes a matrix best. The default, {@link WeightLayout#ROW_MAJOR}, asks for nothing.
   *
   * <p>An optimisation, never a precondition: {@link #matmul} takes row-major matrices too. Who overrides this also
   * overrides {@link #prepare} and {@link #matmul}, since no other kernel need know the layout.
   */
  default WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    return WeightLayout.ROW_MAJOR;
  }

  /**
   * Fills a matrix in the {@linkplain #preferredLayout preferred layout} from a row-major one, once, at load.
   *
   * <p>The caller owns both and drops {@code in} afterwards: the repacked form replaces the mapped one.
   *
   * @param out the same rows, columns and encoding, in the preferred layout, its memory zeroed and 64-byte aligned
   * @param in row-major
   */
  default void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    throw new IllegalArgumentException("prepare: this kernel takes row-major matrices as they are");
  }

  /** The scratch memory that its operations need for work within the limits; none by default. */
  default ScratchSize scratch(KernelLimits limits) {
    return ScratchSize.NONE;
  }

  /** Features that it refuses; empty by default. The engine asks first, and the kit tests the refusal. */
  default Set<KernelFeature> refused() {
    return Set.of();
  }

  /** Whether {@link #matmul} and {@link #embed} take weights of this encoding. By default, F32 alone. */
  default boolean multiplies(Encoding encoding) {
    return encoding.name().equals(Encoding.F32);
  }

  /**
   * Whether {@link #matmul} rounds activations to int8 where weights are of this encoding, as {@code docs/NUMERICS.md} has it: faster,
   * and off by more than any order of a sum. By default, never.
   *
   * @param encoding a {@link ScaledEncoding} of integer levels, if so
   */
  default boolean roundsActivations(Encoding encoding) {
    return false;
  }

  /** Whether {@link #storeKv} and {@link #attention} take a cache of this encoding and layout. By default, F32 by dim. */
  default boolean caches(Encoding encoding, KeyLayout layout) {
    return encoding.name().equals(Encoding.F32) && layout == KeyLayout.BY_DIM;
  }
}
