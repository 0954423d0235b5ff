package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One model in 16 encodings that llama.cpp wrote, against logits in double from the same decoded weights. */
final class TinyModelsTest {

  private static final String VARIABLE = "CRIA_REFERENCE_DATA";
  private static final double BOUND = 1e-4; // of the spread of the logits
  private static final int VOCAB = 512;

  private static Stream<Arguments> filesAndBackends() {
    return Stream.of("f32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M",
        "Q6_K", "IQ4_NL", "IQ4_XS", "Q4_K_M-mixed")
        .flatMap(name -> TestBackends.names().stream().map(backend -> Arguments.of(name, backend)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("filesAndBackends") void logits_tiny256_areThoseInDouble(String name, String backend)
      throws IOException {
    String data = System.getenv(VARIABLE);
    assumeTrue(data != null, VARIABLE + " is not set: it names the folder of reference files");
    Path folder = Path.of(String.valueOf(data), "tiny256");
    ByteBuffer tokens = read(folder.resolve("tiny256-tokens.i32"));
    int[] ids = new int[tokens.remaining() / Integer.BYTES];
    tokens.asIntBuffer().get(ids);
    ByteBuffer logits = read(folder.resolve("tiny256-" + name + ".logits.f32"));
    double[][] expected = new double[ids.length][VOCAB];
    for (double[] row : expected) {
      for (int i = 0; i < row.length; i++) {
        row[i] = logits.getFloat();
      }
    }

    float[] actual = LogitsOfFile.run(folder.resolve("tiny256-" + name + ".gguf"), backend, ids);

    assertThat(LogitsOfFile.difference(actual, expected)).as("largest difference by the spread of the logits")
        .isLessThan(BOUND);
  }

  private static ByteBuffer read(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
