package dev.cria.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.KernelProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar as third parties make it, compiled from source against this module alone. */
final class PluginJar {

  private static final String SERVICE = "META-INF/services/" + KernelProvider.class.getName();

  private final List<JavaFileObject> sources = new ArrayList<>();
  private final Map<String, byte[]> more = new LinkedHashMap<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** Adds a kernel provider of package {@code plugin} with these members, and lists it as a service. */
  PluginJar provider(String className, String members) {
    return source(className, """
        package plugin;
        public class %s implements dev.cria.api.kernel.KernelProvider {
          %s
          public dev.cria.api.kernel.Kernel create(dev.cria.api.kernel.KernelContext context) {
            throw new UnsupportedOperationException();
          }
        }""".formatted(className, members)).service("plugin." + className);
  }

  /** Adds a class of package {@code plugin}. */
  PluginJar source(String className, String source) {
    sources.add(new SimpleJavaFileObject(URI.create("string:///plugin/" + className + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    });
    return this;
  }

  /** Adds a line to the list of services. */
  PluginJar service(String line) {
    services.add(line);
    return this;
  }

  /** Adds a class file as it is. */
  PluginJar classFile(String className, byte[] bytes) {
    more.put("plugin/" + className + ".class", bytes);
    return this;
  }

  /** Compiles a class with the others and leaves it out of the jar. */
  PluginJar leaveOut(String className) {
    left.add("plugin/" + className + ".class");
    return this;
  }

  /** Writes the jar and returns where it is. */
  Path write(Path jar) throws IOException, URISyntaxException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(classes);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path path : compiled.filter(Files::isRegularFile).toList()) {
        String entry = classes.relativize(path).toString().replace('\\', '/');
        if (!left.contains(entry)) {
          add(out, entry, Files.readAllBytes(path));
        }
      }
      for (Map.Entry<String, byte[]> entry : more.entrySet()) {
        add(out, entry.getKey(), entry.getValue());
      }
      add(out, SERVICE, (String.join("\n", services) + "\n").getBytes(UTF_8));
    }
    return jar;
  }

  private void compile(Path classes) throws URISyntaxException {
    if (sources.isEmpty()) {
      return;
    }
    Path api = Path.of(Provider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter messages = new StringWriter();
    JavaCompiler.CompilationTask task = ToolProvider.getSystemJavaCompiler().getTask(messages, null, null,
        List.of("-proc:none", "-cp", api.toString(), "-d", classes.toString()), null, sources);
    assertThat(task.call()).as("compilation: %s", messages).isTrue();
  }

  private static void add(JarOutputStream out, String entry, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    out.write(bytes);
    out.closeEntry();
  }
}
