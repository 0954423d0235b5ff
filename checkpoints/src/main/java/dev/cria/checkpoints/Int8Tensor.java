package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.encodings.Int8Groups;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A matrix of a llama2.c file of version 2: all its levels, then all its scales. In memory each scale stands before its levels.
 *
 * @param encoding groups that divide a row
 * @param groupSize of the file, a multiple of the encoding's
 * @param offset of the levels, in bytes from the start of the file
 */
record Int8Tensor(String name, int rows, int cols, Encoding encoding, int groupSize, ModelBytes file, long offset)
    implements
      CheckpointTensor {

  private static final ValueLayout.OfFloat SCALE = ValueLayout.JAVA_FLOAT_UNALIGNED
      .withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ALIGNMENT = 64;

  static Int8Tensor of(Llama2cPart part, int groupSize, ModelBytes file, long offset) {
    return new Int8Tensor(part.name(), part.rows(), part.cols(), new Int8Groups(groupOfRow(part.cols(), groupSize)),
        groupSize, file, offset);
  }

  /** The largest group that an encoding may have and that divides both a row and a group of the file. */
  private static int groupOfRow(int cols, int groupSize) {
    int size = Math.min(groupSize, Encoding.MAX_BLOCK_SIZE);
    while (cols % size != 0 || groupSize % size != 0) {
      size--;
    }
    return size;
  }

  @Override public WeightMatrix map(Arena arena) throws IOException {
    long elements = (long) rows * cols;
    MemorySegment blocks = arena.allocate(byteSize(), ALIGNMENT);
    try (Arena piece = Arena.ofConfined()) {
      MemorySegment levels = file.map(offset, elements, piece);
      MemorySegment scales = file.map(offset + elements, elements / groupSize * Float.BYTES, piece);
      int size = encoding.blockSize();
      long at = 0;
      for (long first = 0; first < elements; first += size) {
        blocks.set(SCALE, at, scales.get(SCALE, first / groupSize * Float.BYTES));
        MemorySegment.copy(levels, first, blocks, at + Float.BYTES, size);
        at += encoding.blockBytes();
      }
    }
    return WeightMatrix.rowMajor(name, rows, cols, encoding, blocks);
  }
}
