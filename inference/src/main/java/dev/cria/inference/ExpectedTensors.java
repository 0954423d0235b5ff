package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The tensors that the forward pass of a model uses. */
final class ExpectedTensors {

  /** A shape; a vector is one row. */
  record Shape(int rows, int cols) {
    @Override public String toString() {
      return "(" + rows + ", " + cols + ")";
    }
  }

  private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();

  private ExpectedTensors() {}

  /**
   * Shapes by name.
   *
   * @param tied whether the embedding serves as the classifier, too
   */
  static SequencedMap<String, Shape> of(ModelConfiguration c, boolean tied) {
    ExpectedTensors expected = new ExpectedTensors();
    expected.add(TensorNames.TOKEN_EMBEDDING, c.vocabSize(), c.dim());
    for (int layer = 0; layer < c.layers(); layer++) {
      expected.addLayer(c, layer);
    }
    expected.add(TensorNames.FINAL_NORM, 1, c.dim());
    if (!tied) {
      expected.add(TensorNames.LM_HEAD, c.vocabSize(), c.dim());
    }
    return expected.shapes;
  }

  private void addLayer(ModelConfiguration c, int layer) {
    add(TensorNames.attentionNorm(layer), 1, c.dim());
    add(TensorNames.qProj(layer), c.queryDim(), c.dim());
    add(TensorNames.kProj(layer), c.kvDim(), c.dim());
    add(TensorNames.vProj(layer), c.kvDim(), c.dim());
    if (c.attention().bias()) {
      add(TensorNames.qBias(layer), 1, c.queryDim());
      add(TensorNames.kBias(layer), 1, c.kvDim());
      add(TensorNames.vBias(layer), 1, c.kvDim());
    }
    if (c.attention().headNorm()) {
      add(TensorNames.qNorm(layer), 1, c.headDim());
      add(TensorNames.kNorm(layer), 1, c.headDim());
    }
    add(TensorNames.oProj(layer), c.dim(), c.queryDim());
    add(TensorNames.ffnNorm(layer), 1, c.dim());
    add(TensorNames.gateProj(layer), c.hiddenDim(), c.dim());
    add(TensorNames.upProj(layer), c.hiddenDim(), c.dim());
    add(TensorNames.downProj(layer), c.dim(), c.hiddenDim());
  }

  private void add(String name, int rows, int cols) {
    shapes.put(name, new Shape(rows, cols));
  }
}
