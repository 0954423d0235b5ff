package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;

/** A tensor that lies in a file as it is used; {@code offset} in bytes from the start of the file. */
record MappedTensor(String name, int rows, int cols, Encoding encoding, MappedFile file, long offset)
    implements
      CheckpointTensor {

  @Override public WeightMatrix map(Arena arena) throws IOException {
    return WeightMatrix.rowMajor(name, rows, cols, encoding, file.map(offset, byteSize(), arena));
  }
}
