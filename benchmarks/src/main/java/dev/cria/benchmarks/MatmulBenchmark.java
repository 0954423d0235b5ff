package dev.cria.benchmarks;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Products, as generation (one row) and prompts (64 rows) need them. */
@State(Scope.Thread)
public class MatmulBenchmark {

  /** What is multiplied. */
  public enum Product {
    /** {@code (dim, dim)}, weights as the kernel likes them. */
    PLAIN(1),
    /** The same, weights as they come from a file. */
    ROW_MAJOR(1),
    /** The same, added to the output. */
    ADD(1),
    /** The same with a bias. */
    BIAS(1),
    /** Query, key and value in one pass. */
    QUERY_KEY_VALUE(1),
    /** Gate and up of {@code (hiddenDim, dim)} in one pass. */
    GATED_SILU(1),
    /** The same with GELU. */
    GATED_GELU(1),
    /** {@code (dim, dim)} with a prompt. */
    PROMPT(64),
    /** The same, weights as they come from a file. */
    PROMPT_ROW_MAJOR(64),
    /** Gate and up with a prompt. */
    PROMPT_GATED_SILU(64);

    private final int rows;

    Product(int rows) {
      this.rows = rows;
    }
  }

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The width of the model. */
  @Param({"288", "4096"}) public int dim;

  /** The product. */
  @Param public Product product;

  private Backend engine;
  private FusedMatmul matmul;
  private FloatMatrix x;
  private final List<FloatMatrix> out = new ArrayList<>();

  /** Creates the operands. */
  @Setup public void createOperands() {
    Shape shape = Shape.of(dim);
    engine = new Backend(backend, shape);
    matmul = matmul(shape);
    Memory memory = new Memory();
    x = memory.matrix(product.rows, dim);
    for (int m = 0; m < matmul.outputs(); m++) {
      out.add(FloatMatrix.allocate(product.rows, matmul.weights().get(m).rows()));
    }
  }

  /** What one product does; the epilogue is left out, being next to nothing. */
  static Work work(Shape shape, Product product) {
    int outputs = switch (product) {
      case QUERY_KEY_VALUE -> 3 * shape.dim();
      case GATED_SILU, GATED_GELU, PROMPT_GATED_SILU -> 2 * shape.hiddenDim();
      case PLAIN, ROW_MAJOR, ADD, BIAS, PROMPT, PROMPT_ROW_MAJOR -> shape.dim();
    };
    return Work.ofProduct(product.rows, shape.dim(), outputs);
  }

  private FusedMatmul matmul(Shape shape) {
    return switch (product) {
      case PLAIN, PROMPT -> engine.products(1, dim, dim);
      case ROW_MAJOR, PROMPT_ROW_MAJOR -> FusedMatmul.of(engine.rowMajor(dim, dim));
      case ADD -> FusedMatmul.adding(engine.prepared(dim, dim));
      case BIAS -> new FusedMatmul(
          List.of(engine.prepared(dim, dim)), new Epilogue.Bias(List.of(new Memory().floats(dim))));
      case QUERY_KEY_VALUE -> engine.products(3, dim, dim);
      case GATED_SILU, PROMPT_GATED_SILU -> gated(Gate.SILU, shape);
      case GATED_GELU -> gated(Gate.GELU, shape);
    };
  }

  private FusedMatmul gated(Gate gate, Shape shape) {
    WeightMatrix gateProj = engine.prepared(shape.hiddenDim(), dim);
    return FusedMatmul.gated(gate, gateProj, engine.prepared(shape.hiddenDim(), dim));
  }

  /** Multiplies once. */
  @Benchmark public void matmul() {
    engine.kernel.matmul(engine.worker, out, matmul, x);
  }

  /** Frees the weights. */
  @TearDown public void free() {
    engine.close();
  }
}
