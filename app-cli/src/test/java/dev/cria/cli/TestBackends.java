package dev.cria.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The backends of this checkout: one for each folder that is there, since any of them may be deleted. */
final class TestBackends {

  private TestBackends() {}

  /** Their names, the best first. */
  static List<String> names() {
    return Stream.of("vector", "scalar", "vector-int8", "llama2c", "scalar-int8")
        .filter(name -> Files.exists(Path.of("..", module(name), "pom.xml"))).toList();
  }

  private static String module(String name) {
    return name.equals("llama2c") ? "engine-scalar" : "engine-" + name.replace("-int8", "");
  }

  /** Each with one thread and with two. */
  static Stream<Arguments> withThreads() {
    return names().stream().flatMap(name -> Stream.of(1, 2).map(threads -> Arguments.of(name, threads)));
  }
}
