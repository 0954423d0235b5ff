package dev.cria.benchmarks;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.inference.KernelSelector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A kernel found by name, with one worker, and the weights that it multiplies. */
final class Backend implements AutoCloseable {

  private static final int MAX_ROWS = 64;
  private static final int MAX_HEADS = 64;
  private static final int MAX_POSITIONS = 1024;
  private static final int DIFFERENT_ROWS = 64;

  private final Arena arena = Arena.ofShared();
  private final Memory memory = new Memory();
  private final Providers<Encoding> encodings;
  private final Encoding f32;

  /** The kernel. */
  final Kernel kernel;

  /** Its only worker. */
  final SoloWorker worker;

  /** Finds the backend of that name, for models of that shape. */
  Backend(String name, Shape shape) {
    ClassLoader loader = Backend.class.getClassLoader();
    encodings = Providers.load("encoding", Encoding.class, loader);
    f32 = encodings.named(Encoding.F32);
    kernel = KernelSelector.of(loader).select(Optional.of(name)).kernel();
    KernelLimits limits = new KernelLimits(MAX_ROWS, shape.hiddenDim(), MAX_HEADS, shape.headDim(), MAX_POSITIONS, 1);
    worker = new SoloWorker(kernel, limits, arena);
  }

  /** Random weights as files have them. */
  WeightMatrix rowMajor(int rows, int cols) {
    return rowMajor(rows, cols, f32, rows);
  }

  /** The same in an encoding; {@code different} rows are encoded, which can take long, and repeated. */
  private WeightMatrix rowMajor(int rows, int cols, Encoding encoding, int different) {
    MemorySegment data = arena.allocate(WeightLayout.ROW_MAJOR.byteSize(rows, cols, encoding), Memory.ALIGNMENT);
    long rowBytes = encoding.rowBytes(cols);
    for (int row = 0; row < rows; row++) {
      if (row < different) {
        encoding.encode(memory.floats(cols), 0, data, row * rowBytes, cols);
      } else {
        MemorySegment.copy(data, row % different * rowBytes, data, row * rowBytes, rowBytes);
      }
    }
    return WeightMatrix.rowMajor("w", rows, cols, encoding, data);
  }

  /** Memory for a matrix in the layout that the kernel likes best, or nothing if that is the layout of files. */
  Optional<WeightMatrix> unprepared(WeightMatrix w) {
    WeightLayout layout = kernel.preferredLayout(w.rows(), w.cols(), w.encoding());
    if (layout.equals(WeightLayout.ROW_MAJOR)) {
      return Optional.empty();
    }
    MemorySegment data = arena.allocate(layout.byteSize(w.rows(), w.cols(), w.encoding()), Memory.ALIGNMENT);
    return Optional.of(new WeightMatrix(w.name(), w.rows(), w.cols(), w.encoding(), layout, data));
  }

  /** Random weights as the kernel likes them best. */
  WeightMatrix prepared(int rows, int cols) {
    return prepared(rowMajor(rows, cols));
  }

  /** The same in an encoding of that name: 64 rows, repeated. */
  WeightMatrix prepared(int rows, int cols, String encoding) {
    return prepared(rowMajor(rows, cols, encodings.named(encoding), DIFFERENT_ROWS));
  }

  /** Bytes of such weights. */
  long preparedBytes(int rows, int cols, String encoding) {
    Encoding named = encodings.named(encoding);
    return kernel.preferredLayout(rows, cols, named).byteSize(rows, cols, named);
  }

  private WeightMatrix prepared(WeightMatrix w) {
    Optional<WeightMatrix> prepared = unprepared(w);
    prepared.ifPresent(out -> kernel.prepare(worker, out, w));
    return prepared.orElse(w);
  }

  /** Up to three such matrices in one product. */
  FusedMatmul products(int count, int rows, int cols) {
    WeightMatrix[] weights = new WeightMatrix[count];
    for (int m = 0; m < count; m++) {
      weights[m] = prepared(rows, cols);
    }
    return FusedMatmul.of(weights);
  }

  /** An empty cache of that many positions. */
  Cache cache(int kvHeads, int headDim, int positions) {
    return new Cache(arena, f32, kvHeads, headDim, positions);
  }

  @Override public void close() {
    arena.close();
  }
}
