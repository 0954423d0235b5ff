package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** From columns of floats to {@linkplain ByteLayout columns of bytes}, and back. */
final class BytePacking {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Byte> BYTES = VectorShapes.BYTES;
  private static final int LANES = VectorShapes.LANES;

  private BytePacking() {}

  /** The inverse of {@link #vectorUnpack}. */
  static void vectorPackPiece(
      ScaledEncoding encoding, MemorySegment piece, long start, int cols, WeightMatrix out, int row, int col) {
    long to = ByteLayout.start(encoding, row, out.cols(), col);
    long from = start;
    long scale = start + cols * PanelLayout.COLUMN_BYTES;
    for (int group = 0; group < cols / encoding.groupSize(); group++) {
      for (int k = 0; k < encoding.groupSize(); k++) {
        for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
          ((ByteVector) FloatVector.fromMemorySegment(F32, piece, from + (long) lane * Float.BYTES, LITTLE_ENDIAN)
              .convertShape(VectorOperators.F2B, BYTES, 0))
              .intoMemorySegment(out.data(), to + lane, LITTLE_ENDIAN);
        }
        from += PanelLayout.COLUMN_BYTES;
        to += ByteLayout.COLUMN_BYTES;
      }
      MemorySegment.copy(piece, scale, out.data(), to, PanelLayout.COLUMN_BYTES);
      scale += PanelLayout.COLUMN_BYTES;
      to += PanelLayout.COLUMN_BYTES;
    }
  }

  /**
   * Unpacks a piece of the panel that starts with {@code row}: columns of levels as floats, then those of the scales, as
   * {@link Packing#pack} writes them.
   *
   * @param col where the piece starts, with a whole group
   */
  static void vectorUnpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    MemorySegment in = w.data();
    long from = ByteLayout.start(encoding, row, w.cols(), col);
    long to = start;
    long scale = start + cols * PanelLayout.COLUMN_BYTES;
    for (int group = 0; group < cols / encoding.groupSize(); group++) {
      for (int k = 0; k < encoding.groupSize(); k++) {
        for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
          ((FloatVector) ByteVector.fromMemorySegment(BYTES, in, from + lane, LITTLE_ENDIAN)
              .convertShape(VectorOperators.B2F, F32, 0))
              .intoMemorySegment(out, to + (long) lane * Float.BYTES, LITTLE_ENDIAN);
        }
        from += ByteLayout.COLUMN_BYTES;
        to += PanelLayout.COLUMN_BYTES;
      }
      MemorySegment.copy(in, from, out, scale, PanelLayout.COLUMN_BYTES);
      from += PanelLayout.COLUMN_BYTES;
      scale += PanelLayout.COLUMN_BYTES;
    }
  }
}
