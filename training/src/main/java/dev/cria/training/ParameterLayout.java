package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each tensor of a Llama model with tied embeddings stands in one array.
 *
 * <p>Query, key and value projection follow each other, and so do gate and up: each group can be multiplied as one matrix.
 *
 * @param tensors in the order of the array
 * @param size of the array
 */
record ParameterLayout(ModelConfiguration model, List<Tensor> tensors, int size) {

  /** A tensor; a vector has one row. */
  record Tensor(String name, int rows, int cols, int offset) {

    int size() {
      return rows * cols;
    }

    boolean isMatrix() {
      return rows > 1;
    }
  }

  /**
   * Lays out a model.
   *
   * @throws IllegalArgumentException if it has more weights than an array holds
   */
  static ParameterLayout of(ModelConfiguration model) {
    int dim = model.dim();
    Cursor at = new Cursor();
    at.add(TensorNames.TOKEN_EMBEDDING, model.vocabSize(), dim);
    for (int layer = 0; layer < model.layers(); layer++) {
      at.add(TensorNames.attentionNorm(layer), 1, dim);
      at.add(TensorNames.qProj(layer), model.queryDim(), dim);
      at.add(TensorNames.kProj(layer), model.kvDim(), dim);
      at.add(TensorNames.vProj(layer), model.kvDim(), dim);
      at.add(TensorNames.oProj(layer), dim, model.queryDim());
      at.add(TensorNames.ffnNorm(layer), 1, dim);
      at.add(TensorNames.gateProj(layer), model.hiddenDim(), dim);
      at.add(TensorNames.upProj(layer), model.hiddenDim(), dim);
      at.add(TensorNames.downProj(layer), dim, model.hiddenDim());
    }
    at.add(TensorNames.FINAL_NORM, 1, dim);
    return new ParameterLayout(model, List.copyOf(at.tensors), (int) at.offset);
  }

  Tensor tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElseThrow();
  }

  private static final class Cursor {

    private static final long MOST = 1 << 30;

    private final List<Tensor> tensors = new ArrayList<>();
    private long offset;

    void add(String name, int rows, int cols) {
      tensors.add(new Tensor(name, rows, cols, (int) offset));
      offset += (long) rows * cols;
      if (offset > MOST) {
        throw new IllegalArgumentException(
            "the model has more than " + MOST + " weights; training holds as many at most");
      }
    }
  }
}
