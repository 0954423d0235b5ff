package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs {@code cria} within the test, its streams captured. */
final class CliRunner {

  /**
   * What a run came to.
   *
   * @param bytes of standard output
   */
  record Result(int exit, byte[] bytes, String err) {
    String out() { return new String(bytes, UTF_8); }

    /** The one line on standard error. */
    String message() {
      if (err.lines().count() != 1) {
        throw new AssertionError("expected one line on standard error, got:\n" + err);
      }
      return err.strip();
    }
  }

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private OutputStream out = captured;
  private byte[] in = {};
  private Path folder = Path.of("/nowhere");
  private boolean styled;
  private ClassLoader loader = CliRunner.class.getClassLoader();

  static Result cria(Object... args) { return new CliRunner().run(args); }

  CliRunner in(String text) { return in(text.getBytes(UTF_8)); }

  CliRunner in(byte[] bytes) {
    in = bytes;
    return this;
  }

  CliRunner out(OutputStream stream) {
    out = stream;
    return this;
  }

  CliRunner folder(Path working) {
    folder = working;
    return this;
  }

  CliRunner styled() {
    styled = true;
    return this;
  }

  CliRunner with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Puts a folder with an entry for these providers at the end of the class path. */
  CliRunner plugin(Path plugin, Class<?> service, Class<?>... providers) throws IOException {
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve(service.getName()),
        Arrays.stream(providers).map(Class::getName).collect(Collectors.joining("\n")));
    try {
      loader = new URLClassLoader(new URL[]{plugin.toUri().toURL()}, loader);
    } catch (MalformedURLException e) {
      throw new IOException(e);
    }
    return this;
  }

  Result run(Object... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(new ByteArrayInputStream(in), new StandardOutput(out),
        new PrintStream(err, true, UTF_8), environment, folder, false, styled);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      int exit = CommandLines.execute(terminal, Arrays.stream(args).map(Object::toString).toArray(String[]::new));
      return new Result(exit, captured.toByteArray(), err.toString(UTF_8));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
