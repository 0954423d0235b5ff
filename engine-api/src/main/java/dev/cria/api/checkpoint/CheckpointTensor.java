package dev.cria.api.checkpoint;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * One tensor of a {@link Checkpoint}: a vector (one row) or a matrix.
 *
 * @since 0.1
 */
public interface CheckpointTensor {

  /** The name in Hugging Face terms. */
  String name();

  /** Outputs; 1 for a vector. */
  int rows();

  /** Inputs, or the elements of a vector. */
  int cols();

  /**
   * How it is written. Where no encoding of that name is at hand, one that is not {@linkplain Encoding#availability()
   * available}: its name and sizes are true, it decodes nothing.
   */
  Encoding encoding();

  /** Bytes in the file. */
  default long byteSize() {
    return Math.multiplyExact((long) rows(), encoding().rowBytes(cols()));
  }

  /**
   * Maps it, row-major, into an arena of the caller's: nothing is read yet.
   *
   * @throws IOException if it cannot be mapped
   */
  WeightMatrix map(Arena arena) throws IOException;
}
