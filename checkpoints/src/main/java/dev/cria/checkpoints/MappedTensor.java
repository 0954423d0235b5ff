package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A tensor that lies in a file as it is used; {@code offset} in bytes from the start of the file. */
record MappedTensor(String name, int rows, int cols, Encoding encoding, ModelBytes file, long offset)
    implements
      CheckpointTensor {

  /** What kernels may rely on. */
  private static final int ALIGNMENT = Float.BYTES;

  static MappedTensor of(Llama2cPart part, Encoding encoding, ModelBytes file, long offset) {
    return new MappedTensor(part.name(), part.rows(), part.cols(), encoding, file, offset);
  }

  @Override public WeightMatrix map(Arena arena) throws IOException {
    return WeightMatrix.rowMajor(name, rows, cols, encoding, offset % ALIGNMENT == 0
        ? file.map(offset, byteSize(), arena)
        : copy(arena));
  }

  /** Files may put tensors at any byte, if seldom. */
  private MemorySegment copy(Arena arena) throws IOException {
    try (Arena piece = Arena.ofConfined()) {
      return arena.allocate(byteSize(), ALIGNMENT).copyFrom(file.map(offset, byteSize(), piece));
    }
  }
}
