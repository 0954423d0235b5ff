package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout for the launcher to stand in, with JDKs and a Maven that are shell scripts, and nothing of this machine but its
 * shell and the few programs that the launcher calls.
 */
final class FakeCheckout {

  /** What a run of the launcher came to. */
  record Run(int exit, String out, String err) {
    List<String> javaArguments() { return out.lines().skip(1).toList(); }

    String java() { return out.lines().findFirst().orElse("none"); }

    String classPath() { return javaArguments().get(javaArguments().indexOf("-cp") + 1); }
  }

  private static final String JAVA = "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n";

  final Path root;
  final Path home;
  private final Map<String, String> environment = new HashMap<>();

  /** Creates a checkout in {@code folder/name}, built, with the given JDKs nowhere yet. */
  FakeCheckout(Path folder, String name) throws IOException {
    root = folder.toRealPath();
    home = root.resolve(name);
    Files.createDirectories(home);
    Files.copy(Path.of("").toAbsolutePath().resolveSibling("cria"), home.resolve("cria"));
    for (String tool : List.of("cat", "date", "find", "mkdir", "mkfifo", "mv", "readlink", "rm", "sed", "sleep", "tail",
        "touch")) {
      Path file = Stream.of("/usr/bin", "/bin").map(bin -> Path.of(bin, tool)).filter(Files::exists).findFirst()
          .orElseThrow();
      script(root.resolve("tools").resolve(tool), "#!/bin/sh\nexec " + file + " \"$@\"\n");
    }
    environment.put("PATH", root.resolve("tools").toString());
    environment.put("HOME", root.toString());
    environment.put("TMPDIR", root.toString());
    environment.put("CRIA_JDK_FOLDERS", root.resolve("jdks").toString());
    writeJars();
  }

  /** Writes what a build would. */
  void writeJars() throws IOException {
    write(home.resolve("app-cli/target/cria/classpath"), "app-cli.jar\nguice.jar\n");
    write(archive("25.0.3"), "");
  }

  /** Where the archive of classes of a JDK lies; that of 25.0.3 could not be made. */
  Path archive(String version) {
    return home.resolve("app-cli/target/cria/classes-" + version + ".jsa");
  }

  /** Makes a JDK of a version whose {@code java} prints its path and its arguments, one a line. */
  Path jdk(String folder, String version) throws IOException {
    return jdk(folder, version, JAVA);
  }

  Path jdk(String folder, String version, String java) throws IOException {
    Path jdk = root.resolve(folder);
    script(jdk.resolve("bin/java"), java);
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return jdk;
  }

  /** Makes sources that are newer or older than the jars, and a Maven that runs a script. */
  void sources(boolean newer, String maven) throws IOException {
    Path source = home.resolve("engine-api/src/main/java/Kernel.java");
    write(home.resolve("pom.xml"), "<project/>");
    write(home.resolve("engine-api/pom.xml"), "<project/>");
    write(source, "interface Kernel {}");
    script(home.resolve("mvnw"), "#!/bin/sh\ncd \"${0%/*}\"\n" + maven);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(path -> !path.startsWith(home.resolve("app-cli"))).toList()) {
        age(file, 60);
      }
    }
    age(home.resolve("app-cli/target/cria/classpath"), newer ? 120 : 0);
  }

  private static void age(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  FakeCheckout with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  Process start(Path launcher, String... arguments) throws IOException {
    var builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(root.toFile()).start();
  }

  Run run(String... arguments) throws IOException, InterruptedException { return run(home.resolve("cria"), arguments); }

  Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
    return finish(start(launcher, arguments));
  }

  /** All that a run writes to standard error: in a pipeline, since the filter may outlive java by a moment. */
  String standardError() throws IOException, InterruptedException {
    return run(Path.of("/bin/sh"), "-c", "\"$0\" 2>&1 >/dev/null | cat", home.resolve("cria").toString()).out();
  }

  static Run finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher did not end: " + out + err);
    }
    return new Run(process.exitValue(), out, err);
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  static void script(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
