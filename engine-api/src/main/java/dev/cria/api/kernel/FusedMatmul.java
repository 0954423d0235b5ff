package dev.cria.api.kernel;

import java.util.List;

/**
 * One to three matrices that multiply the same rows, and what is done to the products before they are written.
 *
 * <p>They have the same number of columns; rows and encodings may differ (grouped heads, mixed quantisation).
 *
 * @param weights one to three; exactly two of the same number of rows if gated; exactly one if added to the output
 * @param epilogue what happens to the products
 * @since 0.1
 */
public record FusedMatmul(List<WeightMatrix> weights, Epilogue epilogue) {

  /** Checks that the matrices and the epilogue fit together. */
  public FusedMatmul {
    weights = List.copyOf(weights);
    if (weights.isEmpty() || weights.size() > 3) {
      throw new IllegalArgumentException("matmul: takes one to three matrices, got " + weights.size());
    }
    WeightMatrix first = weights.getFirst();
    for (WeightMatrix w : weights) {
      if (w.cols() != first.cols()) {
        throw new IllegalArgumentException("matmul: " + w.name() + " is " + w.shape() + ", " + first.name() + " is "
            + first.shape() + "; fused matrices must have the same columns");
      }
    }
    epilogue.check(weights);
  }

  /** Plain products, one output each. */
  public static FusedMatmul of(WeightMatrix... weights) {
    return new FusedMatmul(List.of(weights), new Epilogue.None());
  }

  /** A product that is added to what the output holds: a residual connection. */
  public static FusedMatmul adding(WeightMatrix weights) {
    return new FusedMatmul(List.of(weights), new Epilogue.Add());
  }

  /** The gated product of a feed-forward block, {@code act(gate · x) * (up · x)}. */
  public static FusedMatmul gated(Gate gate, WeightMatrix gateProj, WeightMatrix upProj) {
    return new FusedMatmul(List.of(gateProj, upProj), new Epilogue.Gated(gate));
  }

  /** Columns of every matrix: the width of the input. */
  public int cols() {
    return weights.getFirst().cols();
  }

  /** How many outputs there are. */
  public int outputs() {
    return epilogue instanceof Epilogue.Gated ? 1 : weights.size();
  }
}
