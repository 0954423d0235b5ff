package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the forward pass leaves for the backward pass, and what the backward pass works in; allocated once.
 *
 * @param layers by layer
 * @param last {@code (rows, dim)}: the residual stream after the last layer
 * @param normed {@code (rows, dim)}: the same, normed
 * @param dHidden {@code (rows, dim)}: gradient of the residual stream
 * @param dNormed {@code (rows, dim)}
 * @param dQueryKeyValue {@code (rows, queryDim + 2 * kvDim)}
 * @param dAttended {@code (rows, queryDim)}
 * @param dGated {@code (rows, hiddenDim)}
 */
record Tape(List<Layer> layers, FloatMatrix last, FloatMatrix normed, FloatMatrix dHidden, FloatMatrix dNormed,
    FloatMatrix dQueryKeyValue, FloatMatrix dAttended, FloatMatrix dGated) {

  /**
   * One layer.
   *
   * @param hidden {@code (rows, dim)}: the residual stream before it
   * @param attentionNormed {@code (rows, dim)}
   * @param queryKeyValue {@code (rows, queryDim + 2 * kvDim)}: queries and keys rotated
   * @param statistics of the attention
   * @param attended {@code (rows, queryDim)}
   * @param middle {@code (rows, dim)}: the residual stream after the attention
   * @param ffnNormed {@code (rows, dim)}
   * @param gateUp {@code (rows, 2 * hiddenDim)}
   * @param gated {@code (rows, hiddenDim)}
   */
  record Layer(FloatMatrix hidden, FloatMatrix attentionNormed, FloatMatrix queryKeyValue, float[] statistics,
      FloatMatrix attended, FloatMatrix middle, FloatMatrix ffnNormed, FloatMatrix gateUp, FloatMatrix gated) {}

  static Tape allocate(ModelConfiguration c, int rows, int statistics) {
    int dim = c.dim();
    int queryKeyValue = c.queryDim() + 2 * c.kvDim();
    List<Layer> layers = IntStream.range(0, c.layers()).mapToObj(i -> new Layer(FloatMatrix.allocate(rows, dim),
        FloatMatrix.allocate(rows, dim), FloatMatrix.allocate(rows, queryKeyValue), new float[statistics],
        FloatMatrix.allocate(rows, c.queryDim()), FloatMatrix.allocate(rows, dim), FloatMatrix.allocate(rows, dim),
        FloatMatrix.allocate(rows, 2 * c.hiddenDim()), FloatMatrix.allocate(rows, c.hiddenDim()))).toList();
    return new Tape(layers, FloatMatrix.allocate(rows, dim), FloatMatrix.allocate(rows, dim),
        FloatMatrix.allocate(rows, dim), FloatMatrix.allocate(rows, dim), FloatMatrix.allocate(rows, queryKeyValue),
        FloatMatrix.allocate(rows, c.queryDim()), FloatMatrix.allocate(rows, c.hiddenDim()));
  }

  /** Bytes of a tape for one row. */
  static long bytesPerRow(ModelConfiguration c) {
    long queryKeyValue = c.queryDim() + 2L * c.kvDim();
    long layer = 4L * c.dim() + queryKeyValue + c.queryDim() + 3L * c.hiddenDim() + 2L * c.heads();
    return Float.BYTES * (c.layers() * layer + 4L * c.dim() + queryKeyValue + c.queryDim() + c.hiddenDim());
  }
}
