package dev.cria.benchmarks;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Products of weights in every encoding, as the kernel likes them best. */
@State(Scope.Thread)
public class EncodingBenchmark {

  /** What the weights are multiplied by. */
  public enum Use {
    /** One row, by more weights than caches hold. */
    GENERATION(1, 11008),
    /** 64 rows, by fewer, since the scalar kernel takes long. */
    PROMPT(64, 1024);

    private final int rows;
    private final int outputs;

    Use(int rows, int outputs) {
      this.rows = rows;
      this.outputs = outputs;
    }
  }

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The width of the model. */
  @Param("4096") public int dim;

  /** The encoding. */
  @Param({"f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "q2_k", "q3_k", "q4_k", "q5_k", "q6_k",
      "iq4_nl",
      "iq4_xs"}) public String encoding;

  /** The use. */
  @Param public Use use;

  private Backend engine;
  private FusedMatmul matmul;
  private FloatMatrix x;
  private List<FloatMatrix> out;

  /** What one product does with weights as the vector kernel has them. */
  static Work work(Shape shape, String encoding, Use use) {
    try (Backend vector = new Backend("vector", shape)) {
      Work activations = Work.onFloats((long) use.rows * (shape.dim() + use.outputs), 0);
      return new Work(activations.bytes() + vector.preparedBytes(use.outputs, shape.dim(), encoding),
          2L * use.rows * shape.dim() * use.outputs);
    }
  }

  /** Creates the operands. */
  @Setup public void createOperands() {
    engine = new Backend(backend, Shape.of(dim));
    matmul = FusedMatmul.of(engine.prepared(use.outputs, dim, encoding));
    x = new Memory().matrix(use.rows, dim);
    out = List.of(FloatMatrix.allocate(use.rows, use.outputs));
  }

  /** Multiplies once. */
  @Benchmark public void multiply() {
    engine.kernel.matmul(engine.worker, out, matmul, x);
  }

  /** Frees the weights. */
  @TearDown public void free() {
    engine.close();
  }
}
