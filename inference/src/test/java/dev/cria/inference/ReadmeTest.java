package dev.cria.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java programs that README.md shows. */
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

  private static void conversation() throws IOException {
    // begin
    try (Engine engine = Engine.builtIn().load();
        ChatSession chat = engine.chat().system("A story.").stopStrings("The end").logProbabilities(3).start()) {
      StringBuilder story = new StringBuilder();
      ChatAnswer first = chat.send("Once upon a time", piece -> {
        if (story.append(piece).length() > 200) {
          chat.cancel(); // what was answered so far stays in the conversation
        }
      });
      ChatAnswer next = chat.send("One day", System.out::print); // runs only what is new
      System.out.println("\n" + first.reason() + ", " + next.usage() + ", " + next.tokens().getFirst());
      chat.save(Path.of("story.json")); // and load; messages(), truncate(1) and regenerate() edit it
    }
    // end
  }

  private static String printed(Program program) throws IOException {
    PrintStream real = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(real);
    }
    return printed.toString(UTF_8);
  }

  /** One of them. */
  private interface Program {
    void run() throws IOException;
  }

  @Test void conversation_isHadAndSaved() throws Exception {
    Path saved = Path.of("story.json");
    try {
      assertThat(printed(ReadmeTest::conversation))
          .containsPattern("\\R(CANCELLED|STOP_TOKEN), Usage\\[promptTokens=\\d+,"
              + " reusedTokens=[1-9]\\d*, .*LogProbabilities\\[token=");
      assertThat(Files.readString(saved)).contains("\"A story.\"", "\"Once upon a time\"", "\"One day\"");
    } finally {
      Files.deleteIfExists(saved);
    }
  }

  @Test void program_tellsAStory() throws Exception {
    assertThat(printed(ReadmeTest::program)).startsWith("Once upon a time").hasSizeGreaterThan(100)
        .containsPattern("\n(STOP_TOKEN|LENGTH) on (vector|scalar)\\R");
  }

  @Test void readme_showsTheSameLines() throws Exception {
    List<String> shown = between(Files.readString(README), "```java\n", "```");
    List<String> here = between(Files.readString(SOURCE), "    // begin\n", "    // end\n").stream()
        .map(text -> text.indent(-4)).toList();

    assertThat(shown).isEqualTo(here).hasSize(2);
  }

  private static List<String> between(String text, String begin, String end) {
    return Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
        .matcher(text.replace("\r", "")).results().map(part -> part.group(1)).toList();
  }
}
