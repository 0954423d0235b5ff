package dev.cria.benchmarks;

import dev.cria.api.kernel.WeightMatrix;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Packing a matrix {@code (4096, dim)} at load; the scalar kernel has nothing to pack, so its time is that of nothing. */
@State(Scope.Thread)
public class PrepareBenchmark {

  private static final int ROWS = 4096;

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The width of the model. */
  @Param({"288", "4096"}) public int dim;

  private Backend engine;
  private WeightMatrix in;
  private Optional<WeightMatrix> out;

  /** What packing does: reads and writes each weight. */
  static Work work(Shape shape) {
    return Work.onFloats(2L * ROWS * shape.dim(), 0);
  }

  /** Creates the operands. */
  @Setup public void createOperands() {
    engine = new Backend(backend, Shape.of(dim));
    in = engine.rowMajor(ROWS, dim);
    out = engine.unprepared(in);
  }

  /** Packs once. */
  @Benchmark public void prepare() {
    if (out.isPresent()) {
      engine.kernel.prepare(engine.worker, out.get(), in);
    }
  }

  /** Frees the weights. */
  @TearDown public void free() {
    engine.close();
  }
}
