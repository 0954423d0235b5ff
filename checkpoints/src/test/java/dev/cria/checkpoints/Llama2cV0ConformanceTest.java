package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.conformance.CheckpointFormatConformance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The kit, on a file with a classifier of its own that is written here, number by number. */
final class Llama2cV0ConformanceTest extends CheckpointFormatConformance {

  @Override protected CheckpointFormat format() {
    return new Llama2cV0Format();
  }

  @Override protected void writeSample(Path target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Samples.SHARED_BYTES + 4 * 160).order(ByteOrder.LITTLE_ENDIAN);
    for (int field : new int[]{8, 12, 2, 4, 2, -20, 16}) {
      bytes.putInt(field);
    }
    Random random = new Random(20_261_124);
    while (bytes.hasRemaining()) {
      bytes.putFloat(0.1f * (float) random.nextGaussian());
    }
    Files.write(target, bytes.array());
  }
}
