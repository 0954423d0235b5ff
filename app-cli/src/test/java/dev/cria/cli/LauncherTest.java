package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher of Windows is cria.cmd")
final class LauncherTest {

  @TempDir Path folder;

  @Test void java_noneAnywhere_saysWhatIsNeededAndHowToGetIt() throws Exception {
    var run = new FakeCheckout(folder, "cria").run("run");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("""
        cria: needs a JDK 25 or newer, and found none.

        Found:
          no Java at all

        Get one, beside what you have; nothing else has to change:
          Debian, Ubuntu   apt install openjdk-25-jdk
          Fedora           dnf install java-25-openjdk-devel
          macOS            brew install openjdk@25
          any system       https://adoptium.net/temurin/releases/?version=25
        If it is in a folder of its own, say where: CRIA_JAVA_HOME=/path/to/jdk-25
        """);
  }

  @Test void java_onlyOldOnes_eachIsNamedOnceWithItsVersion() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    Path eight = checkout.jdk("jdks/eight", "1.8.0_452");
    Path seventeen = checkout.jdk("jdks/seventeen", "17.0.15");
    Path unnamed = checkout.jdk("jdks/unnamed", "25");
    Files.delete(unnamed.resolve("release"));
    Files.createSymbolicLink(checkout.root.resolve("jdks/default"), seventeen);
    var run = checkout.with("JAVA_HOME", seventeen).run("run");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("\nFound:\n"
        + "  " + seventeen + ": Java 17.0.15 (JAVA_HOME)\n"
        + "  " + eight + ": Java 1.8.0_452 (" + checkout.root + "/jdks)\n"
        + "  " + unnamed + ": Java of unknown version (no release file) (" + checkout.root + "/jdks)\n"
        + "\nGet one,");
  }

  @Test void java_oldJavaHome_newerIsFoundElsewhere() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    Path newer = checkout.jdk("jdks/twenty-five", "25.0.3");
    var run = checkout.with("JAVA_HOME", checkout.jdk("old", "17.0.15")).run("run");
    assertThat(run.java()).isEqualTo(newer.resolve("bin/java").toString());
    assertThat(run.err()).isEmpty();
  }

  @Test void java_severalThatDo_criaJavaHomeThenJavaHomeThenPathThenFolders() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    Path inFolder = checkout.jdk("jdks/a/Contents/Home", "27-ea");
    assertThat(checkout.run().java()).isEqualTo(inFolder.resolve("bin/java").toString());
    Path onPath = checkout.jdk("path", "26");
    Files.createSymbolicLink(checkout.root.resolve("tools/java"), onPath.resolve("bin/java"));
    assertThat(checkout.run().java()).isEqualTo(onPath.resolve("bin/java").toString());
    Path javaHome = checkout.jdk("java home", "25");
    assertThat(checkout.with("JAVA_HOME", javaHome).run().java()).isEqualTo(javaHome.resolve("bin/java").toString());
    Path own = checkout.jdk("own", "25.0.1");
    assertThat(checkout.with("CRIA_JAVA_HOME", own).run().java()).isEqualTo(own.resolve("bin/java").toString());
  }

  @Test void java_criaJavaHomeTooOld_nothingElseIsTaken() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3");
    Path old = checkout.jdk("old", "21.0.7");
    var run = checkout.with("CRIA_JAVA_HOME", old).run();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("\nFound:\n  " + old + ": Java 21.0.7 (CRIA_JAVA_HOME)\n\n");
    assertThat(checkout.with("CRIA_JAVA_HOME", "/no/such").run().err())
        .contains("\nFound:\n  /no/such: no bin/java in it (CRIA_JAVA_HOME)\n\n");
  }

  @Test void arguments_ofEveryKind_reachJavaUnchanged() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3");
    String built = checkout.home + "/app-cli/target/cria/lib/";
    assertThat(checkout.run("run", "-i", "Once  upon \"a\" 'time'", "*", "", "$HOME\\n").javaArguments())
        .containsExactly(
            "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
            "-Dguice_custom_class_loading=CHILD", "-Xmn8m", "-XX:CompileCommand=quiet",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-XX:Tier2BackedgeNotifyFreqLog=20",
            "-XX:Tier3BackedgeNotifyFreqLog=20",
            "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::vector*,0.02",
            "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::plain*,0.02",
            "-XX:CompileCommand=CompileThresholdScaling,dev.cria.vector.*::copy*,0.02",
            "-XX:CompileCommand=dontinline,dev.cria.vector.*::vector*",
            "--add-opens", "java.base/java.io=ALL-UNNAMED", "-Dcria.stderr.fd=3", "-Dcria.stderr.tty=false", "-cp",
            built + "app-cli.jar:" + built + "guice.jar", "dev.cria.cli.Main",
            "run", "-i", "Once  upon \"a\" 'time'", "*", "", "$HOME\\n");
  }

  @Test void javaOptions_ofTheUser_comeAfterOurOwn() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3");
    assertThat(checkout.with("CRIA_JAVA_OPTS", "-Xmx4g  -Dx=*").run().javaArguments())
        .containsSubsequence("-XX:+UseSerialGC", "-Dcria.stderr.tty=false", "-Xmx4g", "-Dx=*", "-cp");
    assertThat(checkout.with("CRIA_JAVA_OPTS", "-XX:+UseParallelGC").run().javaArguments())
        .contains("-XX:+UseParallelGC").doesNotContain("-XX:+UseSerialGC");
  }

  @Test void classPath_plugins_comeLastAndInNameOrder() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3");
    for (String plugin : new String[]{"b.jar", "a b.jar", "C.jar", "notes.txt"}) {
      FakeCheckout.write(checkout.home.resolve("plugins").resolve(plugin), "");
    }
    String built = checkout.home + "/app-cli/target/cria/lib/";
    String plugins = checkout.home + "/plugins/";
    assertThat(checkout.with("CRIA_CLASSPATH", "/mine.jar:/other").run().classPath())
        .isEqualTo(built + "app-cli.jar:" + built
            + "guice.jar:/mine.jar:/other:" + plugins + "C.jar:" + plugins + "a b.jar:" + plugins + "b.jar");
  }

  @Test void archive_missing_isMadeOnceForEachJdkFromOurJarsAlone() throws Exception {
    var checkout = new FakeCheckout(folder, "cria").with("CRIA_CLASSPATH", "/mine.jar");
    Path archive = checkout.archive("26");
    checkout.jdk("jdks/later", "26",
        """
            #!/bin/sh
            for option; do case $option in -XX:ArchiveClassesAtExit=*) printf '%s\\n' "$@" >"${option#*=}"; exit ;; esac; done
            printf '%s\\n' "$0" "$@"
            """);
    var first = checkout.run("run");
    assertThat(archive).content().contains("/app-cli/target/cria/lib/guice.jar\n")
        .contains("-XX:CompileCommand=CompileThresholdScaling").doesNotContain("/mine.jar")
        .endsWith("dev.cria.cli.ArchiveRun\n" + archive.getParent() + "\n");
    Files.writeString(archive, "kept");
    assertThat(List.of(first, checkout.run("run"))).allSatisfy(run -> {
      assertThat(run.javaArguments()).containsSubsequence("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-cp");
      assertThat(run.classPath()).endsWith(":/mine.jar");
      assertThat(run.err()).isEmpty();
    });
    assertThat(archive).hasContent("kept");
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(100)));
    checkout.run("run");
    assertThat(archive).as("older than the jars").content().contains("dev.cria.cli.ArchiveRun\n");
    assertThat(archive.getParent()).isDirectoryNotContaining("glob:**.jsa.*");
  }

  @Test void archive_cannotBeMade_runsWithoutAndIsNotTriedAgain() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    Path archive = checkout.archive("26");
    checkout.jdk("jdks/later", "26", """
        #!/bin/sh
        case $* in *ArchiveClassesAtExit*) echo tried >>"${0%/*}/tries"; echo no; echo no >&2; exit 1 ;; esac
        printf '%s\\n' "$0" "$@"
        """);
    for (int i = 0; i < 2; i++) {
      var run = checkout.run("run");
      assertThat(run.javaArguments()).noneMatch(argument -> argument.contains("SharedArchiveFile")).contains("run");
      assertThat(run.err()).isEmpty();
    }
    assertThat(archive).isEmptyFile();
    assertThat(checkout.root.resolve("jdks/later/bin/tries")).hasContent("tried");
  }

  @Test void archive_folderReadOnly_runsWithout() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/later", "26");
    Path built = checkout.archive("26").getParent();
    Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(built)).as("run as root, who can write everywhere").isFalse();
      var run = checkout.run("run");
      assertThat(run.javaArguments()).noneMatch(argument -> argument.contains("SharedArchiveFile")).contains("run");
      assertThat(run.err()).isEmpty();
    } finally {
      Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test void largePages_areAskedForUnlessTheUserTunesGlibc() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3", "#!/bin/sh\necho \"$GLIBC_TUNABLES\"\n");
    assertThat(checkout.run().out()).isEqualTo("glibc.malloc.hugetlb=1\n");
    assertThat(checkout.with("GLIBC_TUNABLES", "").run().out()).isEqualTo("\n");
  }

  @Test void launcher_behindLinksAndInAPathWithSpaces_findsItsFolder() throws Exception {
    var checkout = new FakeCheckout(folder, "my  checkout");
    checkout.jdk("jdks/twenty five", "25.0.3");
    Path link = Files.createSymbolicLink(checkout.root.resolve("link"), Path.of("my  checkout/cria"));
    Path bin = Files.createDirectories(checkout.root.resolve("bin"));
    Path command = Files.createSymbolicLink(bin.resolve("cria"), link);
    assertThat(checkout.run(command, "a").classPath())
        .startsWith(checkout.home + "/app-cli/target/cria/lib/app-cli.jar");
    assertThat(checkout.run(Path.of("./link"), "a").classPath()).startsWith(checkout.home + "/app-cli/");
  }

  @Test void exitCode_ofJava_isTheLaunchers() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3", "#!/bin/sh\nexit 42\n");
    assertThat(checkout.run().exit()).isEqualTo(42);
  }

  @Test void launcher_terminated_javaIsTheProcessThatGetsTheSignal() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3",
        "#!/bin/sh\ntrap 'echo stopped; exit 143' TERM\necho $$\nwhile :; do sleep 0.1; done\n");
    Process process = checkout.start(checkout.home.resolve("cria"));
    var out = process.inputReader();
    assertThat(out.readLine()).isEqualTo(Long.toString(process.pid()));
    process.toHandle().destroy();
    assertThat(out.readLine()).isEqualTo("stopped");
    assertThat(process.waitFor()).isEqualTo(143);
  }

  @Test void standardError_ofTheJvm_losesTheIncubatorLineOnly() throws Exception {
    var checkout = new FakeCheckout(folder, "cria");
    checkout.jdk("jdks/twenty-five", "25.0.3", """
        #!/bin/sh
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo '  WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo 'to file 3' >&3
        printf 'no line end' >&2
        """);
    assertThat(checkout.standardError())
        .contains("  WARNING: Using incubator modules: jdk.incubator.vector\n", "to file 3\n")
        .doesNotStartWith("WARNING").doesNotContain("\nWARNING").endsWith("no line end");
    try (var left = Files.list(checkout.root)) {
      assertThat(left.map(path -> path.getFileName().toString())).as("pipe is gone")
          .noneMatch(n -> n.startsWith("cria-stderr"));
    }
  }

  @Test void standardError_noPlaceForThePipe_runsUnfiltered() throws Exception {
    var checkout = new FakeCheckout(folder, "cria").with("TMPDIR", "/no/such");
    checkout.jdk("jdks/twenty-five", "25.0.3", "#!/bin/sh\necho \"$*\"; echo 'WARNING: Using incubator modules' >&2\n");
    var run = checkout.run();
    assertThat(run.out()).contains("-XX:+UseSerialGC ").doesNotContain("cria.stderr.fd");
    assertThat(run.err()).isEqualTo("WARNING: Using incubator modules\n");
  }

  @Test void jvm_real_warnsOfNothingWhateverTheArchiveAndWritesToTheRealStandardError() throws Exception {
    var checkout = new FakeCheckout(folder, "cria").with("JAVA_HOME", System.getProperty("java.home"));
    Path lib = checkout.home.resolve("app-cli/target/cria/lib");
    Path source = lib.resolve("Main.java");
    FakeCheckout.write(checkout.home.resolve("app-cli/target/cria/classpath"), "main.jar\n");
    FakeCheckout.write(source, """
        package dev.cria.cli;
        class Main {
          static void main(String[] args) {
            StandardError.connect();
            System.err.println(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
          }
        }
        class ArchiveRun {
          static void main(String[] args) {}
        }
        """);
    int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp",
        System.getProperty("java.class.path"),
        "-d", lib.resolve("main").toString(), source.toString());
    assertThat(compiled).as("exit code of javac").isZero();
    Files.copy(Path.of("target/classes/dev/cria/cli/StandardError.class"),
        lib.resolve("main/dev/cria/cli/StandardError.class"));
    int packed = java.util.spi.ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "-cf",
        lib.resolve("main.jar").toString(), "-C", lib.resolve("main").toString(), ".");
    assertThat(packed).as("exit code of jar").isZero();
    Path archive = checkout.archive(System.getProperty("java.version"));
    Files.deleteIfExists(archive);
    assertThat(checkout.standardError()).isEqualTo("true\n");

    assertThat(archive).as("archive of a short run").isNotEmptyFile();
    Files.setLastModifiedTime(lib.resolve("main.jar"), FileTime.from(Instant.EPOCH));
    for (byte[] bad : List.of(Files.readAllBytes(archive), Arrays.copyOf(Files.readAllBytes(archive), 5000),
        "no archive".getBytes(UTF_8))) {
      Files.write(archive, bad);
      assertThat(checkout.standardError()).isEqualTo("true\n");
      assertThat(checkout.run().out()).isEmpty();
    }
  }
}
