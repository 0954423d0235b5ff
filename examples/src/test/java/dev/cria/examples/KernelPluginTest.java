package dev.cria.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four steps of README.md, the last two of them with the real launcher. */
final class KernelPluginTest {

  private static final Path PLUGIN = Installation.exampleJar("kernel-plugin", "precise-norm-1.0.jar");

  @TempDir Path home;
  @TempDir Path elsewhere;
  private Installation installation;

  @BeforeEach void install() throws IOException {
    installation = new Installation(home);
  }

  @AfterEach void remove() throws IOException {
    installation.close();
  }

  @Test void backends_pluginAbsent_listsTheBuiltInOnes() throws Exception {
    CommandOutput backends = installation.cria(Map.of(), "backends");

    assertThat(backends.exitCode()).as(backends.everything()).isZero();
    assertThat(backends.out()).contains(Installation.builtInBackends()).doesNotContain("precise-norm");
  }

  @Test void backends_pluginOnTheClassPath_isListedWithGradeAndOrigin() throws Exception {
    assertListed(installation.cria(Map.of("CRIA_CLASSPATH", PLUGIN.toString()), "backends"));
  }

  @Test void backends_pluginInTheFolder_isListedWithGradeAndOrigin() throws Exception {
    dropIn(PLUGIN);

    assertListed(installation.cria(Map.of(), "backends"));
  }

  @Test void run_pluginOnTheClassPath_tellsTheSameStory() throws Exception {
    assertTellsTheStory(
        installation.cria(Map.of("CRIA_CLASSPATH", PLUGIN.toString()), "run", "-t", "0", "-n", "16", "--backend",
            "precise-norm"));
  }

  @Test void run_pluginInTheFolder_tellsTheSameStory() throws Exception {
    dropIn(PLUGIN);

    assertTellsTheStory(installation.cria(Map.of(), "run", "-t", "0", "-n", "16", "--backend", "precise-norm"));
  }

  @Test void run_pluginNotNamed_isNotChosen() throws Exception {
    dropIn(PLUGIN);
    CommandOutput run = installation.cria(Map.of(), "run", "-t", "0");

    assertThat(run.exitCode()).as(run.everything()).isZero();
    assertThat(run.err()).doesNotContain("precise-norm");
  }

  @Test void run_pluginNamedButAbsent_isRefused() throws Exception {
    CommandOutput run = installation.cria(Map.of(), "run", "--backend", "precise-norm");

    assertThat(run.exitCode()).as(run.everything()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(
        "Unknown backend 'precise-norm'. Available: " + String.join(", ", Installation.builtInBackends()) + ".");
  }

  @Test void backends_brokenPlugin_isReportedAndTheOthersWork() throws Exception {
    Path broken = brokenPlugin(elsewhere.resolve("broken-plugin.jar"));
    Map<String, String> both = Map.of("CRIA_CLASSPATH", broken + File.pathSeparator + PLUGIN);
    CommandOutput backends = installation.cria(both, "backends");

    assertThat(backends.exitCode()).as(backends.everything()).isZero();
    assertThat(backends.out()).contains(ThrowingProvider.class.getName(), "broken-plugin.jar",
        "IllegalStateException: no licence found").doesNotContain("\tat ");
    assertListed(backends);
    assertTellsTheStory(installation.cria(both, "run", "-t", "0", "-n", "16", "--backend", "precise-norm"));
  }

  @Test void backends_withoutTheVectorModule_sayWhatIsMissing() throws Exception {
    Installation.assumeBothBackends();
    CommandOutput backends = installation.criaWithoutVectorModule(List.of(PLUGIN), "backends");

    assertThat(backends.exitCode()).as(backends.everything()).isZero();
    assertThat(inOneLine(backends.out())).contains("--add-modules jdk.incubator.vector")
        .contains("Without --backend, scalar runs");
    assertListed(backends);
  }

  @Test void run_withoutTheVectorModule_pluginStandsOnTheScalarKernel() throws Exception {
    Installation.assumeBothBackends();
    assertTellsTheStory(
        installation.criaWithoutVectorModule(List.of(PLUGIN), "run", "-t", "0", "-n", "16", "--backend",
            "precise-norm"));
  }

  private void dropIn(Path jar) throws IOException {
    Files.copy(jar, installation.plugins().resolve(Objects.requireNonNull(jar.getFileName(), "file name")));
  }

  private static void assertListed(CommandOutput backends) {
    assertThat(backends.out().lines()).as(backends.everything())
        .anySatisfy(line -> assertThat(line).contains("precise-norm", "bounded", "precise-norm-1.0.jar"));
  }

  /** Its beginning: a kernel of grade BOUNDED may go another way where two tokens are nearly as likely. */
  private void assertTellsTheStory(CommandOutput run) throws IOException, InterruptedException {
    CommandOutput builtIn = installation.cria(Map.of(), "run", "-t", "0", "-n", "16", "--backend",
        Installation.builtInBackends().getFirst());
    assertThat(builtIn.out()).as(builtIn.everything()).hasSizeGreaterThan(20);
    assertThat(run.exitCode()).as(run.everything()).isZero();
    assertThat(run.out()).isEqualTo(builtIn.out());
    assertThat(run.err()).as("names the backend").contains("precise-norm");
  }

  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static Path brokenPlugin(Path jar) throws IOException {
    String path = ThrowingProvider.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream type = ThrowingProvider.class.getClassLoader().getResourceAsStream(path)) {
      out.putNextEntry(new JarEntry(path));
      Objects.requireNonNull(type, path).transferTo(out);
      out.putNextEntry(new JarEntry("META-INF/services/dev.cria.api.kernel.KernelProvider"));
      out.write(ThrowingProvider.class.getName().getBytes(UTF_8));
      out.closeEntry();
    }
    return jar;
  }
}
