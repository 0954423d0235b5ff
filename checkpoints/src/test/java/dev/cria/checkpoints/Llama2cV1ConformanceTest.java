package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.conformance.CheckpointFormatConformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Version 1 keeps the contract of all formats. */
final class Llama2cV1ConformanceTest extends CheckpointFormatConformance {

  @Override protected CheckpointFormat format() {
    return new Llama2cV1Format();
  }

  @Override protected void writeSample(Path target) throws IOException {
    Files.write(target, Llama2cVersionBytes.write(1, false, 4));
  }
}
