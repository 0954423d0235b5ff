package dev.cria.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The backends of this checkout: one for each folder that is there, since any of them may be deleted. */
final class TestBackends {

  private TestBackends() {}

  /** Their names, the one that defines the bits first. */
  static List<String> names() {
    return Stream.of("scalar", "vector")
        .filter(name -> Files.exists(Path.of("..", "engine-" + name, "pom.xml"))).toList();
  }
}
