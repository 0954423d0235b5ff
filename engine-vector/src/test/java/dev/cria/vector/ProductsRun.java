package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.ServiceLoader;

/** A program that multiplies matrices of every encoding, often enough that each loop is compiled, for {@link CompilationTest}. */
final class ProductsRun {

  private static final int ROWS = 64;
  private static final int COLS = 256;
  private static final int CALLS = 8;

  private ProductsRun() {}

  public static void main(String[] args) {
    for (VectorKernel kernel : List.of(new VectorKernel(), new VectorKernel(true))) {
      for (Encoding encoding : ServiceLoader.load(Encoding.class)) {
        multiply(kernel, encoding);
        System.out.println("multiplied " + encoding.name());
      }
    }
  }

  private static void multiply(VectorKernel kernel, Encoding encoding) {
    Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(4, COLS, 1, 2, 64, 1)));
    MemorySegment data = Arena.ofAuto().allocate(ROWS * encoding.rowBytes(COLS), 64);
    encoding.encode(Numbers.random(1, ROWS * COLS), 0, data, 0, ROWS * COLS);
    WeightLayout layout = kernel.preferredLayout(ROWS, COLS, encoding);
    WeightMatrix packed = new WeightMatrix("w", ROWS, COLS, encoding, layout,
        Arena.ofAuto().allocate(layout.byteSize(ROWS, COLS, encoding), 64));
    FloatMatrix x = new FloatMatrix(Numbers.random(2, 4 * COLS), 0, 4, COLS, COLS);
    FloatMatrix one = new FloatMatrix(x.data(), 0, 1, COLS, COLS);
    FloatMatrix out = FloatMatrix.allocate(4, ROWS);
    FloatMatrix outOfOne = FloatMatrix.allocate(1, ROWS);
    for (int call = 0; call < CALLS; call++) {
      kernel.prepare(worker, packed, WeightMatrix.rowMajor("w", ROWS, COLS, encoding, data));
      kernel.matmul(worker, List.of(out), FusedMatmul.of(packed), x);
      kernel.matmul(worker, List.of(outOfOne), FusedMatmul.of(packed), one);
    }
  }
}
