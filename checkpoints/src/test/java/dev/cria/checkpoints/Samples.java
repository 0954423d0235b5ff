package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.ModelConfiguration.Rope;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small checkpoints and files for tests. */
final class Samples {

  /** dim 8, hidden 12, layers 2, heads 4, kvHeads 2, vocab 20, context 16. */
  static final ModelConfiguration MODEL = new ModelConfiguration("llama", 8, 12, 2, 4, 2, 2, 20, 16, 1e-5f,
      new Rope(RopeLayout.INTERLEAVED, 10_000, 2));

  /** 28 bytes of header; 160 + 8 + 2 * (8 + 64 + 32 + 32 + 64 + 8 + 3 * 96) floats; 2 * 16 floats of tables. */
  static final long SHARED_BYTES = 28 + 4 * (160 + 8 + 2 * 496 + 32);

  /** All on the class path. */
  static final EncodingLookup ENCODINGS = EncodingLookup.in(Samples.class.getClassLoader());

  private Samples() {}

  static Checkpoint shared() {
    return SyntheticCheckpoint.of(MODEL, true, 42);
  }

  static Checkpoint separate() {
    return SyntheticCheckpoint.of(MODEL, false, 42);
  }

  /** A sound file with a shared classifier. */
  static Path write(Path folder) throws IOException {
    Path file = folder.resolve("model.bin");
    new Llama2cV0Format().write(shared(), file);
    return file;
  }

  /** A sound file, but for the int32 at an offset. */
  static Path writeWith(Path folder, int offset, int value) throws IOException {
    Path file = write(folder);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    return Files.write(file, bytes);
  }

  /** All elements of a tensor. */
  static float[] floats(Checkpoint checkpoint, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return checkpoint.tensor(name).map(arena).data().toArray(
          ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /** A tensor of any encoding, decoded. */
  static float[] decoded(Checkpoint checkpoint, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      WeightMatrix matrix = checkpoint.tensor(name).map(arena);
      float[] values = new float[matrix.rows() * matrix.cols()];
      matrix.encoding().decode(matrix.data(), 0, values, 0, values.length);
      return values;
    }
  }
}
