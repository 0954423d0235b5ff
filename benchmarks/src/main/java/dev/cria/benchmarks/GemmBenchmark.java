package dev.cria.benchmarks;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The product of training: {@code (64, dim)} by {@code (dim, 288)}, each operand as it is or transposed. */
@State(Scope.Thread)
public class GemmBenchmark {

  private static final int ROWS = 64;
  private static final int COLS = 288;

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The inner size. */
  @Param({"288", "4096"}) public int dim;

  /** Whether a is transposed. */
  @Param({"false", "true"}) public boolean transposeA;

  /** Whether b is transposed. */
  @Param({"false", "true"}) public boolean transposeB;

  private Backend engine;
  private FloatMatrix a;
  private FloatMatrix b;
  private FloatMatrix out;
  private GemmForm form;

  /** What one product does. */
  static Work work(Shape shape) {
    return Work.ofProduct(ROWS, shape.dim(), COLS);
  }

  /** Creates the operands. */
  @Setup public void createOperands() {
    engine = new Backend(backend, Shape.of(dim));
    Memory memory = new Memory();
    a = transposeA ? memory.matrix(dim, ROWS) : memory.matrix(ROWS, dim);
    b = transposeB ? memory.matrix(COLS, dim) : memory.matrix(dim, COLS);
    out = FloatMatrix.allocate(ROWS, COLS);
    form = new GemmForm(transposeA, transposeB, false);
  }

  /** Multiplies once. */
  @Benchmark public void gemm() {
    engine.kernel.gemm(engine.worker, out, a, b, form);
  }

  /** Frees the scratch. */
  @TearDown public void free() {
    engine.close();
  }
}
