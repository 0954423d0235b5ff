package dev.cria.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories of the built-in model, letter by letter: on every backend, at every width of vectors. */
final class GoldenTextTest {

  static Stream<Arguments> backendsAndThreads() {
    return TestBackends.names().stream().flatMap(name -> Stream.of(Arguments.of(name, 1), Arguments.of(name, 3)));
  }

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("backendsAndThreads") void stories_areThoseOfTheFile(String backend, int threads) throws IOException {
    assertThat(ToldStories.told(backend, threads)).isEqualTo(golden());
  }

  @ParameterizedTest(name = "{0} bits")
  @ValueSource(ints = {64, 128, 256, 512}) void stories_atAnyWidth_areThoseOfTheFile(int bits) throws Exception {
    assumeThat(TestBackends.names()).as("backends at hand").contains("vector");
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED", "-Dcria.vector.bits=" + bits, "-Dstdout.encoding=UTF-8",
        "-cp", System.getProperty("java.class.path"), ToldStories.class.getName(), "vector")
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).isEqualTo(golden());
  }

  private static String golden() throws IOException {
    try (InputStream in = GoldenTextTest.class.getResourceAsStream("stories.txt")) {
      assertThat(in).as("stories.txt").isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
