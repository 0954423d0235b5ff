package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.SentenceCheckpoint;
import dev.cria.checkpoints.SyntheticCheckpoint;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a real process does when it is told to end. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals to send")
final class InterruptionTest {

  @TempDir Path folder;

  private Process start() throws Exception {
    assumeTrue(TestBackends.names().contains("scalar"),
        "engine-scalar was deleted: nothing else runs in a JVM without the vector module");
    Path model = folder.resolve("long.bin");
    ModelConfiguration shape;
    try (Checkpoint builtIn = SentenceCheckpoint.open()) {
      ModelConfiguration c = builtIn.configuration();
      shape = new ModelConfiguration("llama", 256, 512, 4, 4, 4, 64, c.vocabSize(), 8192, c.normEpsilon(),
          new ModelConfiguration.Rope(c.rope().layout(), c.rope().theta(), 64));
    }
    try (Checkpoint random = SyntheticCheckpoint.of(shape, true, 1)) {
      TestModel.write(random, model);
    }
    TestModel.writeTokenizer(folder, "tokenizer.bin");
    return cria("run", model.toString(), "-t", "0", "-n", "0", "--backend", "scalar", "--threads", "1");
  }

  private static Process cria(String... args) throws Exception {
    return new ProcessBuilder(command(args)).start();
  }

  private static List<String> command(String... args) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dguice_custom_class_loading=CHILD", "-Dcria.stderr.tty=true", "-cp", System.getProperty("java.class.path"),
        "dev.cria.cli.Main"));
    command.addAll(List.of(args));
    return command;
  }

  private static void assumeInterruptsArrive() throws Exception {
    assumeTrue(!ignoresInterrupts(),
        "this shell started the tests with SIGINT ignored, as for a job in the background, and children inherit that");
  }

  @Test void ctrlC_whileMeasuring_endsTheOutputAndTakesTheBarBack() throws Exception {
    assumeTrue(TestBackends.names().contains("scalar"),
        "engine-scalar was deleted: nothing else runs in a JVM without the vector module");
    assumeInterruptsArrive();
    Process process = cria("bench", "--synthetic", "256x512x4x4x4x64x1000000", "-p", "1,1000000", "-n", "0", "-r", "1",
        "-b", "scalar", "-t", "1", "-o", "json");
    InputStream json = process.getInputStream();
    StringBuilder out = new StringBuilder();
    while (out.indexOf("}") < 0) {
      int octet = json.read();
      assertThat(octet).as("the first result comes, after %s", out).isNotNegative();
      out.append((char) octet);
    }
    signal(process, "INT");
    out.append(new String(json.readAllBytes(), UTF_8));
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(130);
    assertThat(JsonParser.parseString(out.toString()).getAsJsonArray()).as("what is there is whole").hasSize(1);
    assertThat(err).startsWith("\r[----------] loading").matches("(?s).*\r +\r");
  }

  /** As a full disk does, this refuses to let files grow. */
  @Test void training_whereFilesCannotGrow_saysWhichAndLeavesNoHalves() throws Exception {
    Path text = tales();
    Path out = folder.resolve("out");
    List<String> train = new ArrayList<>(List.of("sh", "-c", "ulimit -f 500; exec \"$@\"", "sh"));
    train.addAll(command("train", text.toString(), "--out", out.toString(), "--preset", "260K", "--vocab-size", "300",
        "--context", "64", "--batch", "4", "--steps", "2", "--backend", "scalar"));
    Process process = new ProcessBuilder(train).start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(1);
    assertThat(err).contains("cria: " + out.resolve("model.bin") + ": cannot be written: File too large");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString())).as("files").containsExactlyInAnyOrder("loss.csv",
          "tokenizer.bin", "tokenizer.model", "training.properties");
    }
  }

  @Test void ctrlC_whileTraining_savesAndEndsWith130() throws Exception {
    assumeInterruptsArrive();
    assumeTrue(TestBackends.names().contains("scalar"), "engine-scalar was deleted");
    Path out = folder.resolve("out");
    Process process = cria("train", tales().toString(), "--out", out.toString(), "--preset", "260K", "--vocab-size",
        "300", "--context", "32", "--batch", "1", "--steps", "100000", "--backend", "scalar");
    while (!Files.exists(out.resolve("loss.csv")) || Files.readAllLines(out.resolve("loss.csv")).size() < 4) {
      assertThat(process.isAlive()).as("still trains").isTrue();
      Thread.sleep(20);
    }
    signal(process, "INT");
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(130);
    assertThat(err).contains("--resume");
    int steps = Files.readAllLines(out.resolve("loss.csv")).size() - 1;
    Process again = cria("train", folder.resolve("tales.txt").toString(), "--out", out.toString(), "--resume",
        "--backend", "scalar");
    StringBuilder said = new StringBuilder();
    while (said.indexOf(" are taken") < 0) {
      int octet = again.getErrorStream().read();
      assertThat(octet).as("what it says, after %s", said).isNotNegative();
      said.append((char) octet);
    }
    again.destroyForcibly().waitFor();
    assertThat(said).as("saved where it was ended").contains("100,000 steps of which " + steps + " are taken");
  }

  private Path tales() throws Exception {
    return Files.writeString(folder.resolve("tales.txt"), IntStream.range(0, 60)
        .mapToObj(i -> "Day " + i + ". A fox saw " + i * 7 % 31 + " geese by the pond, and the geese saw the fox.")
        .collect(Collectors.joining("\n<|endoftext|>\n")));
  }

  @Test void ctrlC_whileGenerating_endsWithTheFiguresAnd130() throws Exception {
    assumeInterruptsArrive();
    Process process = start();
    InputStream text = process.getInputStream();
    assertThat(text.read()).as("the text has begun").isNotNegative();
    signal(process, "INT");
    byte[] rest = text.readAllBytes();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(130);
    assertThat(new String(rest, UTF_8)).endsWith("\n");
    assertThat(err).contains("; interrupted\n", "\nmemory    ");
  }

  @Test void reader_goneAway_endsQuietlyWith141() throws Exception {
    Process process = start();
    assertThat(process.getInputStream().read()).isNotNegative();
    process.getInputStream().close();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(141);
    assertThat(err).isEmpty();
  }

  /** Whether SIGINT, number 2, is among the ignored signals of this process, where the system tells. */
  private static boolean ignoresInterrupts() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 2) != 0);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
  }
}
