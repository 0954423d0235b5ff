package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;
import java.util.List;

/**
 * What flows through the layers: allocated once for the most rows, viewed for as many as a batch has.
 *
 * @param hidden {@code (rows, dim)}, the residual stream
 * @param normed {@code (rows, dim)}
 * @param query {@code (rows, heads * headDim)}
 * @param key {@code (rows, kvHeads * headDim)}
 * @param value {@code (rows, kvHeads * headDim)}
 * @param attended {@code (rows, heads * headDim)}
 * @param gated {@code (rows, hiddenDim)}
 * @param queryHeads {@code (rows * heads, headDim)}, the query seen head by head
 * @param keyHeads {@code (rows * kvHeads, headDim)}, the key seen head by head
 */
record Activations(
    FloatMatrix hidden, FloatMatrix normed, FloatMatrix query, FloatMatrix key, FloatMatrix value, FloatMatrix attended,
    FloatMatrix gated, FloatMatrix queryHeads, FloatMatrix keyHeads, List<FloatMatrix> queryKeyValue,
    List<FloatMatrix> intoHidden, List<FloatMatrix> intoGated) {

  private Activations(
      FloatMatrix hidden, FloatMatrix normed, FloatMatrix query, FloatMatrix key, FloatMatrix value,
      FloatMatrix attended, FloatMatrix gated, int headDim) {
    this(hidden, normed, query, key, value, attended, gated, query.split(headDim), key.split(headDim),
        List.of(query, key, value), List.of(hidden),
        List.of(gated));
  }

  static Activations allocate(ModelConfiguration c, int rows) {
    return new Activations(FloatMatrix.allocate(rows, c.dim()), FloatMatrix.allocate(rows, c.dim()),
        FloatMatrix.allocate(rows, c.queryDim()), FloatMatrix.allocate(rows, c.kvDim()),
        FloatMatrix.allocate(rows, c.kvDim()), FloatMatrix.allocate(rows, c.queryDim()),
        FloatMatrix.allocate(rows, c.hiddenDim()), c.headDim());
  }

  /** Floats of a row. */
  static long floatsPerRow(ModelConfiguration c) {
    return 2L * c.dim() + 2L * c.queryDim() + 2L * c.kvDim() + c.hiddenDim();
  }

  int rows() {
    return hidden.rows();
  }

  Activations firstRows(int rows) {
    return new Activations(hidden.firstRows(rows), normed.firstRows(rows), query.firstRows(rows), key.firstRows(rows),
        value.firstRows(rows), attended.firstRows(rows), gated.firstRows(rows), queryHeads.cols());
  }
}
