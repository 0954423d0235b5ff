package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;

/** One row and head of an attention: what it sees, and the buffers to compute it in, used again and again. */
final class AttentionHead {

  /** {@code (headDim,)} or longer: the result. */
  double[] out = {};
  /** {@code (headDim,)} or longer: the weighted sum of one block of positions. */
  double[] blockOut = {};
  /** Scores, then weights, of one block of positions. */
  final double[] weights = new double[Specification.BLOCK];
  final double[] stripes = new double[Specification.STRIPES];

  private float[] elements = {};
  private float[] query = {};
  private int queryAt;
  private AttentionShape shape = AttentionShape.causal(1, 1, 1);
  private KvView cache = CacheAccess.NONE;
  int kvHead;
  private int first;
  int end;

  AttentionHead look(FloatMatrix queries, Placement placement, AttentionShape attention, int row, int head) {
    shape = attention;
    query = queries.data();
    queryAt = queries.index(row) + head * shape.headDim();
    cache = placement.cache(row);
    kvHead = shape.kvHead(head);
    int position = placement.position(row);
    first = (int) Math.max(0, position - (long) shape.window() + 1);
    end = shape.causal() ? position + 1 : placement.length(row);
    if (out.length < shape.headDim()) {
      out = new double[shape.headDim()];
      blockOut = new double[shape.headDim()];
      elements = new float[shape.headDim()];
    }
    return this;
  }

  AttentionShape shape() {
    return shape;
  }

  int headDim() {
    return shape.headDim();
  }

  /** The first visible position. */
  int first() {
    return first;
  }

  /** The position after the last visible one. */
  int end() {
    return end;
  }

  float query(int i) {
    return query[queryAt + i];
  }

  void readKey(int position) {
    CacheAccess.readKey(cache, kvHead, position, elements);
  }

  void readValue(int position) {
    CacheAccess.readValue(cache, kvHead, position, elements);
  }

  /** An element of the key or value that was read last. */
  float element(int i) {
    return elements[i];
  }
}
