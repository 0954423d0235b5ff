package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over packed levels, scales and minimums, for scaled encodings that have no loop of their own.
 *
 * <p>A piece has one column per level, then one per scale, then one per minimum.
 */
final class ScaledPanels {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;

  private ScaledPanels() {}

  /** Adds the products of one piece with rows of x to their sums, 64 for each row. */
  static void add(
      ScaledEncoding encoding, MemorySegment piece, long start, float[] x, int xStart, int rowStep, int rows, int cols,
      float[] sums, int at) {
    for (int r = 0; r < rows; r++) {
      for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
        vector(encoding, piece, start + (long) lane * Float.BYTES, x, xStart + r * rowStep, cols, sums,
            at + r * PanelLayout.ROWS + lane);
      }
    }
  }

  private static void vector(
      ScaledEncoding encoding, MemorySegment piece, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    int size = encoding.groupSize();
    int groups = cols / size;
    long scales = start + cols * COLUMN_BYTES;
    long minimums = scales + groups * COLUMN_BYTES;
    FloatVector sum = FloatVector.fromArray(F32, sums, at);
    for (int group = 0; group < groups; group++) {
      FloatVector product = FloatVector.zero(F32);
      float total = 0f;
      for (int k = group * size; k < (group + 1) * size; k++) {
        FloatVector level = FloatVector.fromMemorySegment(F32, piece, start + k * COLUMN_BYTES, LITTLE_ENDIAN);
        product = level.fma(FloatVector.broadcast(F32, x[xStart + k]), product);
        total = total + x[xStart + k];
      }
      long column = group * COLUMN_BYTES;
      sum = FloatVector.fromMemorySegment(F32, piece, scales + column, LITTLE_ENDIAN).fma(product, sum);
      if (encoding.hasMinimum()) {
        FloatVector minimum = FloatVector.fromMemorySegment(F32, piece, minimums + column, LITTLE_ENDIAN);
        sum = minimum.neg().fma(FloatVector.broadcast(F32, total), sum);
      }
    }
    sum.intoArray(sums, at);
  }
}
