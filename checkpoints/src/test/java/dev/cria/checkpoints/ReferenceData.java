package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** Finds real files that are no part of the project, in the folder that CRIA_REFERENCE_DATA names. */
final class ReferenceData {

  private static final String VARIABLE = "CRIA_REFERENCE_DATA";

  private ReferenceData() {}

  /** A file in that folder. Without the variable the test is skipped; with it, a missing file is a failure. */
  static Path file(String name) {
    String folder = System.getenv(VARIABLE);
    assumeTrue(folder != null, VARIABLE + " is not set: it names the folder of reference files");
    Path file = Path.of(String.valueOf(folder), name);
    assertThat(file).as("%s is set", VARIABLE).exists();
    return file;
  }
}
