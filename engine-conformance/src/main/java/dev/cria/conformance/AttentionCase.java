package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Worker;
import java.util.ArrayList;
import java.util.List;

/** One {@link Kernel#attention} over caches that are filled already. */
record AttentionCase(Output out, FloatMatrix view, FloatMatrix query, Places places, AttentionShape shape,
    List<Memory> inputs) implements Case {

  AttentionCase(FloatMatrix out, FloatMatrix query, Places places, AttentionShape shape) {
    this(Output.of("out", out), out, query, places, shape, inputsOf(query, places));
  }

  /** New queries and outputs, and caches filled up to the longest length of their rows, no further. */
  static AttentionCase of(Samples samples, Places places, AttentionShape shape) {
    for (int r = 0; r < places.rows(); r++) {
      fill(samples, places.cache(r), places.length(r));
    }
    int width = shape.heads() * shape.headDim();
    FloatMatrix query = samples.strided(places.rows(), width);
    return new AttentionCase(samples.strided(places.rows(), width), query, places, shape);
  }

  /** Stores a key and a value at each of the first positions. */
  static void fill(Samples samples, KvView cache, int length) {
    for (int p = 0; p < length; p++) {
      for (int head = 0; head < cache.kvHeads(); head++) {
        CacheAccess.writeKey(cache, head, p, samples.floats(cache.headDim()), 0);
        CacheAccess.writeValue(cache, head, p, samples.floats(cache.headDim()), 0);
      }
    }
  }

  private static List<Memory> inputsOf(FloatMatrix query, Places places) {
    List<Memory> inputs = new ArrayList<>(CacheMemory.of(places));
    inputs.add(Memory.of("query", query.data()));
    return inputs;
  }

  @Override public KernelLimits limits(int workers) {
    return new KernelLimits(query.rows(), Math.max(query.cols(), shape.headDim()), shape.heads(), shape.headDim(),
        places.cache(0).capacity(), workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.attention(worker, view, query, places, shape);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Expected> expected(Kernel kernel) {
    Expected expected = new Expected(query.rows() * query.cols());
    AttentionBound bound = new AttentionBound();
    for (int row = 0; row < query.rows(); row++) {
      for (int head = 0; head < shape.heads(); head++) {
        bound.compute(expected, row * query.cols() + head * shape.headDim(), query, places, shape, row, head);
      }
    }
    return List.of(expected);
  }

  @Override public int rows() {
    return query.rows();
  }

  @Override public Case row(int row) {
    return new AttentionCase(out, Rows.of(view, row), Rows.of(query, row), places.row(row), shape, inputs);
  }
}
