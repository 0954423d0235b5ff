package dev.cria.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Java program that README.md shows. */
final class ReadmeTest {

  private static final Path SOURCE = Path.of("src/test/java/dev/cria/inference/ReadmeTest.java");
  private static final Path README = Path.of("../README.md");

  private static void program() throws IOException {
    // begin
    try (Engine engine = Engine.builtIn().load()) { // or Engine.open(Path.of("stories15M.bin"))
      GenerationRequest request = GenerationRequest.of("Once upon").temperature(0.8).seed(42);
      GeneratedText story = engine.generate(request, System.out::print); // piece by piece
      System.out.println("\n" + story.reason() + " on " + engine.backend());
    }
    // end
  }

  @Test void program_tellsAStory() throws Exception {
    PrintStream real = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      program();
    } finally {
      System.setOut(real);
    }
    assertThat(printed.toString(UTF_8)).startsWith("Once upon a time").hasSizeGreaterThan(100)
        .containsPattern("\n(STOP_TOKEN|LENGTH) on (vector|scalar)\\R");
  }

  @Test void readme_showsTheSameLines() throws Exception {
    String shown = between(Files.readString(README), "```java\n", "```");
    String here = between(Files.readString(SOURCE), "    // begin\n", "    // end\n").indent(-4);

    assertThat(shown).isEqualTo(here);
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from)).replace("\r", "");
  }
}
