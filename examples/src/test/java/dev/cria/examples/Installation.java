package dev.cria.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The launcher and the jars of this build in a folder of their own, so that plugins dropped there leave no trace. */
final class Installation implements AutoCloseable {

  private static final Path CHECKOUT = folder("cria.checkout");
  private static final Path BUILT = CHECKOUT.resolve("app-cli/target/cria");

  private final Path home;
  private final Path link;

  /** Installs into an empty folder. */
  Installation(Path home) throws IOException {
    assumeFalse(File.pathSeparatorChar == ';',
        "the launcher 'cria' is a script for POSIX shells; on Windows it is cria.cmd");
    this.home = home;
    Files.copy(CHECKOUT.resolve("cria"), home.resolve("cria"), StandardCopyOption.COPY_ATTRIBUTES);
    Path target = Files.createDirectories(home.resolve("app-cli/target"));
    this.link = Files.createSymbolicLink(target.resolve("cria"), BUILT);
  }

  /** The jar of an example that Maven has just built. */
  static Path exampleJar(String example, String jar) {
    return folder("cria.examples").resolve(example).resolve("target").resolve(jar);
  }

  /** The backends of this checkout: one for each folder that is there, since any of them may be deleted. */
  static List<String> builtInBackends() {
    return Stream.of("llama2c", "scalar", "scalar-int8", "vector", "vector-int8")
        .filter(name -> Files.exists(CHECKOUT.resolve(module(name)).resolve("pom.xml"))).toList();
  }

  private static String module(String name) {
    return name.equals("llama2c") ? "engine-scalar" : "engine-" + name.replace("-int8", "");
  }

  /** Skips a test of what the vector kernel says when it cannot run, and of who steps in. */
  static void assumeBothBackends() {
    assumeTrue(builtInBackends().size() == 5, "engine-scalar or engine-vector was deleted from this checkout");
  }

  /** The folder beside the launcher whose jars are plugins. */
  Path plugins() throws IOException {
    return Files.createDirectories(home.resolve("plugins"));
  }

  /** Runs the launcher. */
  CommandOutput cria(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("cria").toString()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  /** Runs the same program by {@code java} alone, without the module of the Vector API. */
  CommandOutput criaWithoutVectorModule(List<Path> plugins, String... arguments)
      throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    for (String jar : Files.readAllLines(BUILT.resolve("classpath"), UTF_8)) {
      classPath.add(BUILT.resolve("lib").resolve(jar).toString());
    }
    plugins.forEach(plugin -> classPath.add(plugin.toString()));
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            String.join(File.pathSeparator, classPath), "dev.cria.cli.Main"));
    command.addAll(List.of(arguments));
    return run(command, Map.of());
  }

  /** Takes the link to the jars away, so that whoever empties the folder need not wonder about it. */
  @Override public void close() throws IOException {
    Files.deleteIfExists(link);
  }

  private CommandOutput run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile())
        .redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CRIA_"));
    builder.environment().put("CRIA_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    return new CommandOutput(exitCode, Files.readString(out), Files.readString(err));
  }

  private static Path folder(String property) {
    return Path.of(Objects.requireNonNull(System.getProperty(property), property + " is set by examples/pom.xml"));
  }
}
