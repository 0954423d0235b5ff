package dev.cria.api.kernel;

import java.util.List;

/**
 * What a {@link Kernel#matmul} does to a finished sum {@code s} before it is written.
 *
 * @since 0.1
 */
public sealed interface Epilogue {

  /** Checks that the matrices suit this epilogue; called by {@link FusedMatmul}. */
  void check(List<WeightMatrix> weights);

  /** {@code out = s}. */
  record None() implements Epilogue {
    @Override public void check(List<WeightMatrix> weights) {
      // any matrices will do
    }
  }

  /**
   * {@code out = s + bias[row]}.
   *
   * @param biases for each matrix {@code (rows,)}
   */
  record Bias(List<float[]> biases) implements Epilogue {
    /** Keeps the list; the arrays are shared. */
    public Bias {
      biases = List.copyOf(biases);
    }

    @Override public void check(List<WeightMatrix> weights) {
      if (biases.size() != weights.size()) {
        throw new IllegalArgumentException(
            "matmul: " + weights.size() + " matrices need as many biases, got " + biases.size());
      }
      for (int m = 0; m < biases.size(); m++) {
        if (biases.get(m).length != weights.get(m).rows()) {
          throw new IllegalArgumentException("matmul: " + weights.get(m).name() + " is " + weights.get(m).shape()
              + ", its bias has " + biases.get(m).length + " elements; one per row is needed");
        }
      }
    }
  }

  /** {@code out = out + s}: a residual connection. */
  record Add() implements Epilogue {
    @Override public void check(List<WeightMatrix> weights) {
      if (weights.size() != 1) {
        throw new IllegalArgumentException("matmul: adding takes one matrix, got " + weights.size());
      }
    }
  }

  /**
   * {@code out = act(s_0) * s_1}, without writing either sum.
   *
   * @param gate the activation
   * @see <a href="https://arxiv.org/abs/2002.05202">Shazeer 2020, GLU Variants Improve Transformer</a>
   */
  record Gated(Gate gate) implements Epilogue {
    @Override public void check(List<WeightMatrix> weights) {
      if (weights.size() != 2 || weights.getFirst().rows() != weights.getLast().rows()) {
        throw new IllegalArgumentException("matmul: gating takes two matrices of the same shape, got "
            + weights.stream().map(WeightMatrix::shape).toList());
      }
    }
  }
}
