package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.conformance.CheckpointFormatConformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Version 2 keeps the contract of all formats. */
final class Llama2cV2ConformanceTest extends CheckpointFormatConformance {

  @Override protected CheckpointFormat format() {
    return new Llama2cV2Format();
  }

  @Override protected void writeSample(Path target) throws IOException {
    Files.write(target, Llama2cVersionBytes.write(2, false, 4));
  }
}
