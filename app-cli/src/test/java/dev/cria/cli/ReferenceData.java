package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** Real files and what they must give: in the folder that CRIA_REFERENCE_DATA names. */
final class ReferenceData {

  private static final String VARIABLE = "CRIA_REFERENCE_DATA";

  private ReferenceData() {}

  /** A file of it; skips the test if the variable is not set, fails if the file is not there. */
  static Path file(String name) {
    String folder = System.getenv(VARIABLE);
    assumeTrue(folder != null, "skipped: set " + VARIABLE + " to the folder with the reference data");
    Path file = Path.of(folder).resolve(name);
    assertThat(file).as(VARIABLE).exists();
    return file;
  }
}
