package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.conformance.CheckpointFormatConformance;
import dev.cria.conformance.ForeignFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** GGUF keeps the contract of all formats. */
final class GgufConformanceTest extends CheckpointFormatConformance {

  @Override protected CheckpointFormat format() {
    return new GgufFormat();
  }

  @Override protected void writeSample(Path target) throws IOException {
    GgufBytes.model().write(target);
  }

  @Override protected Set<ForeignFile> resembling() {
    return Set.of(ForeignFile.GGUF);
  }

  @Override protected boolean allowsTrailingBytes() {
    return true;
  }
}
