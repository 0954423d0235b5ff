package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "only the POSIX launcher hands over a file")
final class StandardErrorTest {

  private static final String OPEN = "--add-opens=java.base/java.io=ALL-UNNAMED";

  @TempDir Path folder;

  /** What runs in a JVM of its own. */
  static final class Probe {
    private Probe() {}

    static void main(String[] args) {
      StandardError.connect();
      System.err.println("Ünïcode, terminal " + StandardError.isTerminal());
    }
  }

  @Test void systemErr_fileNamed_writesThereAndAppends() throws Exception {
    Path three = Files.writeString(folder.resolve("three"), "before\n");
    String two = run(three, OPEN, "-Dcria.stderr.fd=3", "-Dcria.stderr.tty=true", "-Dstderr.encoding=UTF-8");
    assertThat(two).isEmpty();
    assertThat(three).hasContent("before\nÜnïcode, terminal true\n");
  }

  @Test void systemErr_noFileNamed_staysWhereItIs() throws Exception {
    Path three = folder.resolve("three");
    assertThat(run(three, "-Dstderr.encoding=UTF-8")).isEqualTo("Ünïcode, terminal false\n");
    assertThat(three).isEmptyFile();
  }

  @Test void systemErr_javaIoClosed_saysWhichOptionOpensIt() throws Exception {
    assertThat(run(folder.resolve("three"), "-Dcria.stderr.fd=3"))
        .contains(
            "cria.stderr.fd is 3, but java.io is closed; start java with --add-opens java.base/java.io=ALL-UNNAMED");
  }

  /** Runs the probe with file 3 appending to the one given; what it wrote to file 2. */
  private String run(Path three, String... options) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var shell = List.of("/bin/sh", "-c", "file=$1; shift; exec \"$@\" 3>>\"$file\"", "sh", three.toString(), java);
    var probe = List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName());
    var command = Stream.of(shell, List.of(options), probe).flatMap(List::stream).toList();
    Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }
}
