package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/**
 * Matrices that are multiplied by {@linkplain Int8Activations activations rounded to int8}: in the same bytes as {@link LevelLayout}
 * has them, or row-major.
 *
 * <p>That a matrix takes rounded activations is in its layout and nowhere else.
 */
final class Int8Layout implements PackedLayout {

  /** Levels of four bits in groups of 32. */
  private static final Set<String> ENCODINGS = Set.of("q4_0", "q4_k");

  /** Levels in a group. */
  static final int GROUP = 32;

  /** Levels in an int. */
  static final int PER_INT = 8;

  /** The layout of matrices that are packed. */
  static final Int8Layout PACKED = new Int8Layout();

  /** The layout of those that are not. */
  static final WeightLayout ROWS = new WeightLayout() {
    @Override public String name() {
      return ROW_MAJOR.name() + ", activations rounded";
    }

    @Override public long byteSize(int rows, int cols, Encoding encoding) {
      return ROW_MAJOR.byteSize(rows, cols, encoding);
    }
  };

  private Int8Layout() {}

  /** Whether it is for an encoding. */
  static boolean takes(Encoding encoding) {
    return ENCODINGS.contains(encoding.name());
  }

  /** Whether a matrix takes rounded activations. */
  static boolean isOf(WeightMatrix w) {
    return w.layout() == PACKED || w.layout() == ROWS;
  }

  /** Whether some matrix of a product does. */
  static boolean isOfSome(FusedMatmul product) {
    for (int m = 0; m < product.weights().size(); m++) { // by index: an iterator is allocated at every call
      if (isOf(product.weights().get(m))) {
        return true;
      }
    }
    return false;
  }

  /** The same product; its row-major matrices of the encodings, if any, are marked as {@link #ROWS}, which allocates. */
  static FusedMatmul rounding(FusedMatmul product) {
    for (int m = 0; m < product.weights().size(); m++) {
      if (isRowMajor(product.weights().get(m))) {
        List<WeightMatrix> marked = product.weights().stream().map(Int8Layout::mark).toList();
        return new FusedMatmul(marked, product.epilogue());
      }
    }
    return product;
  }

  private static boolean isRowMajor(WeightMatrix w) {
    return takes(w.encoding()) && w.layout().equals(WeightLayout.ROW_MAJOR);
  }

  private static WeightMatrix mark(WeightMatrix w) {
    return isRowMajor(w) ? new WeightMatrix(w.name(), w.rows(), w.cols(), w.encoding(), ROWS, w.data()) : w;
  }

  @Override public String name() {
    return LevelLayout.LEVELS.name() + ", activations rounded";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    return LevelLayout.LEVELS.byteSize(rows, cols, encoding);
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    LevelPacking.prepare(worker, out, in);
  }

  @Override public int unit() {
    return VectorShapes.LANES;
  }

  @Override public void begin(WeightMatrix w, FloatMatrix x, float[] scratch) {
    Int8Activations.makeOne(x, scratch);
  }

  @Override public void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    Int8Row.multiply(a, first, second, b, third, fourth, sums, at);
  }

  @Override public void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    LevelPacking.unpack(w, row, col, cols, true, out, start);
  }

  @Override public String toString() {
    return name();
  }
}
