package dev.cria.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real files that are not part of the project. */
final class ReferenceData {

  private static final String VARIABLE = "CRIA_REFERENCE_DATA";

  private ReferenceData() {}

  /** A file of the reference data; the test is skipped if the variable is not set, and fails if the file is missing. */
  static Path file(String name) {
    String folder = System.getenv(VARIABLE);
    Assumptions.assumeTrue(folder != null,
        "skipped: the environment variable " + VARIABLE + " names no reference data");
    Path file = Path.of(String.valueOf(folder), name);
    assertThat(file).as("%s is set to %s", VARIABLE, folder).exists();
    return file;
  }
}
