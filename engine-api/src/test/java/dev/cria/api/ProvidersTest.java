package dev.cria.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.Providers.Broken;
import dev.cria.api.Providers.Found;
import dev.cria.api.kernel.KernelProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProvidersTest {

  private static final String NAMED = "public String name() { return \"%s\"; }";

  @TempDir Path folder;

  @Test void load_nothingThere_isEmpty() throws Exception {
    Providers<KernelProvider> providers = load();

    assertThat(providers.found()).isEmpty();
    assertThat(providers.broken()).isEmpty();
    assertThat(providers.best()).isEmpty();
  }

  @Test void load_severalJars_areFoundInTheOrderOfTheClassPath() throws Exception {
    Path second = good("second", "zebra");
    Path first = good("first", "walrus");

    Providers<KernelProvider> providers = load(second, first);

    assertThat(providers.found()).extracting(f -> f.provider().name()).containsExactly("zebra", "walrus");
    assertThat(providers.found()).extracting(Found::origin).containsExactly("second.jar", "first.jar");
    assertThat(providers.found()).extracting(f -> f.availability().isAvailable()).containsExactly(true, true);
    assertThat(providers.broken()).isEmpty();
  }

  @Test void load_folderAndNameWithSpaces_originIsReadable() throws Exception {
    Path spaced = Files.createDirectory(folder.resolve("my plugins"));

    Providers<KernelProvider> providers = load(
        new PluginJar().provider("Walrus", NAMED.formatted("walrus")).write(spaced.resolve("a walrus+1.jar")));

    assertThat(providers.found()).extracting(Found::origin).containsExactly("a walrus+1.jar");
  }

  @Test void load_classFolder_originIsItsName() throws Exception {
    Path jar = good("unpacked", "walrus");
    Path classes = Files.createDirectory(folder.resolve("walrus-classes"));
    unpack(jar, classes);

    assertThat(load(classes).found()).extracting(Found::origin).containsExactly("walrus-classes");
  }

  /* Each of these is one way of a plugin to be broken; the good one behind it must be found all the same. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      constructor throws      | public Bad() { throw new IllegalStateException("no\\nlicence"); } | IllegalStateException: no
      constructor is hidden   | private Bad() {} | NoSuchMethodException: plugin.Bad.<init>()
      initialiser throws      | static final int N = Integer.parseInt("x"); | NumberFormatException: For input string: "x"
      name throws             | public String name() { throw new IllegalStateException("nameless"); } | IllegalStateException: nameless
      availability throws     | public dev.cria.api.Availability availability() { throw new IllegalStateException(); } | IllegalStateException: no message
      availability is missing | public dev.cria.api.Availability availability() { return null; } | NullPointerException: availability() is null
      availability links to nothing | public dev.cria.api.Availability availability() { throw new NoClassDefFoundError("gone/Gone"); } | NoClassDefFoundError: gone/Gone
      priority throws         | public int priority() { throw new IllegalStateException("dizzy"); } | IllegalStateException: dizzy
      """) void load_brokenProvider_isReportedAndOthersAreFound(
      String how, String members, String reason) throws Exception {
    String name = members.contains("name()") ? "" : NAMED.formatted("bad");
    Path bad = new PluginJar().provider("Bad", name + members).write(folder.resolve("bad.jar"));

    Providers<KernelProvider> providers = load(bad, good("good", "walrus"));

    assertThat(providers.found()).extracting(f -> f.provider().name()).as(how).containsExactly("walrus");
    assertThat(providers.broken()).as(how).singleElement().satisfies(broken -> {
      assertThat(broken.reason()).isEqualTo(reason);
      assertThat(broken.reason()).doesNotContain("\n");
    });
    assertThat(providers.best()).as(how).map(Provider::name).contains("walrus");
  }

  @Test void load_constructorThrows_classAndOriginAreNamed() throws Exception {
    Path bad = new PluginJar()
        .provider("Bad", NAMED.formatted("bad") + "public Bad() { throw new IllegalStateException(\"no licence\"); }")
        .write(folder.resolve("bad.jar"));

    assertThat(load(bad).broken())
        .containsExactly(new Broken("plugin.Bad", "bad.jar", "IllegalStateException: no licence"));
  }

  @Test void load_classMissing_isReportedAndOthersAreFound() throws Exception {
    Path bad = new PluginJar().service("plugin.Gone").write(folder.resolve("bad.jar"));

    assertOneBroken(bad,
        "ServiceConfigurationError: dev.cria.api.kernel.KernelProvider: Provider plugin.Gone not found");
  }

  @Test void load_superclassMissing_isReportedAndOthersAreFound() throws Exception {
    Path bad = new PluginJar().source("Base", "package plugin; public abstract class Base {}").leaveOut("Base")
        .source("Bad", """
            package plugin;
            public class Bad extends Base implements dev.cria.api.kernel.KernelProvider {
              public String name() { return "bad"; }
              public dev.cria.api.kernel.Kernel create(dev.cria.api.kernel.KernelContext context) { return null; }
            }""").service("plugin.Bad").write(folder.resolve("bad.jar"));

    assertOneBroken(bad, "ClassNotFoundException: plugin.Base");
  }

  @Test void load_classFileOfALaterJdk_isReportedAndOthersAreFound() throws Exception {
    Path bad = new PluginJar()
        .classFile("Bad", new byte[]{(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 1, 0})
        .service("plugin.Bad").write(folder.resolve("bad.jar"));

    assertThat(assertOneBroken(bad)).startsWith("UnsupportedClassVersionError: ").contains("plugin/Bad");
  }

  @Test void load_anotherService_isReportedAndOthersAreFound() throws Exception {
    Path bad = new PluginJar().source("Bad", "package plugin; public class Bad {}").service("plugin.Bad")
        .write(folder.resolve("bad.jar"));

    assertOneBroken(bad, "ServiceConfigurationError: dev.cria.api.kernel.KernelProvider: plugin.Bad not a subtype");
  }

  @Test void load_listOfServicesIsProse_isReportedAndOthersAreFound() throws Exception {
    Path bad = new PluginJar().service("see the manual").write(folder.resolve("bad.jar"));

    assertThat(assertOneBroken(bad)).contains("bad.jar").contains("Illegal configuration-file syntax");
  }

  @Test void load_twoBadLinesInOneList_areBothReported() throws Exception {
    Path bad = new PluginJar().service("plugin.Gone").service("plugin.GoneToo").write(folder.resolve("bad.jar"));

    assertThat(load(bad, good("good", "walrus")).broken()).extracting(Broken::reason)
        .anySatisfy(reason -> assertThat(reason).endsWith("plugin.Gone not found"))
        .anySatisfy(reason -> assertThat(reason).endsWith("plugin.GoneToo not found")).hasSize(2);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Walrus", "two words", "-x", ".x", "wal/rus", "wälrus",
      "a234567890123456789012345678901234567890b"}) void load_badName_isReported(@Nullable String name)
          throws Exception {
    String literal = name == null ? "null" : '"' + name + '"';
    Path bad = new PluginJar().provider("Bad", "public String name() { return " + literal + "; }")
        .write(folder.resolve("bad.jar"));

    assertOneBroken(bad, "its name '" + name + "' does not match [a-z0-9][a-z0-9._-]{0,39}");
  }

  @Test void load_nameTakenTwice_theFirstStaysAndTheSecondIsReported() throws Exception {
    Path first = good("first", "walrus");
    Path second = new PluginJar().provider("Other", NAMED.formatted("walrus")).write(folder.resolve("second.jar"));

    Providers<KernelProvider> providers = load(first, second);

    assertThat(providers.found()).extracting(Found::origin).containsExactly("first.jar");
    assertThat(providers.broken()).containsExactly(
        new Broken("plugin.Other", "second.jar", "the name 'walrus' is already taken by the backend in first.jar"));
  }

  @Test void load_unavailable_isFoundWithItsReason() throws Exception {
    Path jar = new PluginJar().provider("Lame", NAMED.formatted("lame") + """
        public dev.cria.api.Availability availability() {
          return dev.cria.api.Availability.unavailable("It is Tuesday. Come back tomorrow.");
        }""").write(folder.resolve("lame.jar"));

    Providers<KernelProvider> providers = load(jar);

    assertThat(providers.found()).singleElement()
        .satisfies(f -> assertThat(f.availability().reason()).contains("It is Tuesday. Come back tomorrow."));
    assertThat(providers.named("lame").name()).isEqualTo("lame");
    assertThat(providers.best()).isEmpty();
  }

  @Test void best_highestPriorityThenFirst_unavailableNever() {
    Named low = new Named("low", 0, true);
    Named first = new Named("first", 7, true);
    Named second = new Named("second", 7, true);
    Named lame = new Named("lame", 9, false);

    assertThat(Providers.of("thing", low, first, second, lame).best()).contains(first);
    assertThat(Providers.of("thing", lame, second, first, low).best()).contains(second);
    assertThat(Providers.of("thing", lame).best()).isEmpty();
  }

  @Test void best_extremePriorities_areOrdered() {
    Named least = new Named("least", Integer.MIN_VALUE, true);
    Named most = new Named("most", Integer.MAX_VALUE, true);

    assertThat(Providers.of("thing", least, most).best()).contains(most);
  }

  @Test void named_unknown_listsNamesInOrderOfTheAlphabet() {
    Providers<Named> providers = Providers.of("thing", new Named("zebra", 0, true), new Named("walrus", 0, false));

    assertThatThrownBy(() -> providers.named("walrs")).isInstanceOf(UnknownProviderException.class)
        .hasMessage("Unknown thing 'walrs'. Available: walrus, zebra. Did you mean 'walrus'?");
  }

  private void assertOneBroken(Path bad, String reason) throws IOException, URISyntaxException {
    assertThat(assertOneBroken(bad)).isEqualTo(reason);
  }

  /** Checks that the jar is reported, and that the good one behind it is found; returns the reason. */
  private String assertOneBroken(Path bad) throws IOException, URISyntaxException {
    Providers<KernelProvider> providers = load(bad, good("good", "walrus"));
    assertThat(providers.found()).extracting(f -> f.provider().name()).containsExactly("walrus");
    assertThat(providers.broken()).hasSize(1);
    return providers.broken().getFirst().reason();
  }

  private Path good(String jar, String name) throws IOException, URISyntaxException {
    String className = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return new PluginJar().provider(className, NAMED.formatted(name)).write(folder.resolve(jar + ".jar"));
  }

  private static Providers<KernelProvider> load(Path... classPath) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(urls(classPath), Provider.class.getClassLoader())) {
      return Providers.load("backend", KernelProvider.class, loader);
    }
  }

  private static URL[] urls(Path... paths) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path path : paths) {
      urls.add(path.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (var files = java.nio.file.FileSystems.newFileSystem(jar); var entries = Files.walk(files.getPath("/"))) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(entry.toString().substring(1));
        Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(folder));
        Files.copy(entry, target);
      }
    }
  }

  private record Named(String name, int priority, boolean works) implements Provider {
    @Override public Availability availability() {
      return works ? Availability.available() : Availability.unavailable("It does not work.");
    }
  }
}
