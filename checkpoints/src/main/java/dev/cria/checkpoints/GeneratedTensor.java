package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.encodings.F32Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An F32 tensor that lies in no file: it is made whenever somebody asks for its memory. */
record GeneratedTensor(String name, int rows, int cols, Rows content) implements CheckpointTensor {

  private static final Encoding ENCODING = new F32Encoding();
  private static final long ALIGNMENT = 64;

  /** Produces the elements of a tensor, the same every time. */
  @FunctionalInterface
  interface Rows {

    /** Opens the elements at the first row; each call of {@link Row#next} then fills one row {@code (cols,)}. */
    Row first();
  }

  /** Fills one row after another. */
  @FunctionalInterface
  interface Row {
    void next(float[] row);
  }

  @Override public Encoding encoding() {
    return ENCODING;
  }

  @Override public WeightMatrix map(Arena arena) {
    MemorySegment memory = arena.allocate(byteSize(), ALIGNMENT);
    float[] row = new float[cols];
    Row values = content.first();
    for (int r = 0; r < rows; r++) {
      values.next(row);
      ENCODING.encode(row, 0, memory, r * ENCODING.rowBytes(cols), cols);
    }
    return WeightMatrix.rowMajor(name, rows, cols, ENCODING, memory);
  }
}
