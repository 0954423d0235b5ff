package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher of Windows is cria.cmd")
final class LauncherBuildTest {

  private static final String BUILDS = """
      echo "$JAVA_HOME $*" >>builds
      mkdir -p app-cli/target/cria && echo new.jar >app-cli/target/cria/classpath
      """;

  @TempDir Path folder;
  private FakeCheckout checkout;
  private Path classpath;
  private Path builds;

  @BeforeEach void checkout() throws Exception {
    checkout = new FakeCheckout(folder, "cria");
    classpath = checkout.home.resolve("app-cli/target/cria/classpath");
    builds = checkout.home.resolve("builds");
  }

  @Test void jars_missing_areBuiltOnceWithTheJdkFound() throws Exception {
    Path jdk = checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(false, BUILDS);
    Files.delete(classpath);
    var first = checkout.with("JAVA_HOME", checkout.jdk("old", "17")).run("a");
    assertThat(first.err()).matches(
        "cria: building \\(first run: about a minute, longer if libraries are downloaded\\) …\ncria: built in \\d+ s\n");
    assertThat(first.classPath()).endsWith("/new.jar");
    assertThat(checkout.run("b").err()).isEmpty();
    assertThat(builds).hasContent(jdk + " -f " + checkout.home + "/pom.xml -B -q -Dquick -pl app-cli -am package");
  }

  @Test void jars_olderThanASource_areBuiltAgain() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(true, BUILDS);
    var run = checkout.run();
    assertThat(run.err()).startsWith("cria: building (the sources have changed) …\n");
    assertThat(run.classPath()).endsWith("/new.jar");
  }

  @Test void jars_newerThanEverySource_areUsed() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(false, BUILDS);
    FakeCheckout.write(checkout.home.resolve("benchmarks/pom.xml"), "newer, but not in the jars");
    FakeCheckout.write(checkout.home.resolve("engine-api/src/test/KernelTest.java"), "newer, but not in the jars");
    var run = checkout.run();
    assertThat(run.err()).isEmpty();
    assertThat(builds).doesNotExist();
  }

  @Test void build_needsACompiler_aJavaWithoutOneIsPassedOver() throws Exception {
    Path runtime = checkout.jdk("jdks/a-runtime", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(checkout.run().java()).as("good enough to run").isEqualTo(runtime.resolve("bin/java").toString());
    checkout.sources(true, BUILDS);
    assertThat(checkout.run().err())
        .contains("\n  " + runtime + ": Java 25.0.3 without a compiler (bin/javac) (" + checkout.root + "/jdks)\n");
    Path full = checkout.jdk("jdks/b-full", "26");
    assertThat(checkout.run().java()).isEqualTo(full.resolve("bin/java").toString());
  }

  @Test void build_fails_showsItsEndAndRunsNothing() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(true, "echo '[ERROR] X.java:[1,2] wrong -> [Help 1]'; echo '[ERROR] for more help'; exit 1\n");
    var run = checkout.run();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("cria: building (the sources have changed) …\n"
        + "cria: the build failed. The end of " + checkout.home + "/app-cli/target/cria-build.log:\n"
        + "[ERROR] X.java:[1,2] wrong -> [Help 1]\n");
    assertThat(checkout.home.resolve("app-cli/target/cria.lock")).doesNotExist();
  }

  @Test void build_twoAtOnce_oneBuildsAndTheOtherWaits() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(true, "sleep 1\n" + BUILDS);
    Path launcher = checkout.home.resolve("cria");
    Process one = checkout.start(launcher, "a");
    Process two = checkout.start(launcher, "b");
    var first = FakeCheckout.finish(one);
    var second = FakeCheckout.finish(two);
    assertThat(Files.readAllLines(builds)).hasSize(1);
    assertThat(first.classPath()).endsWith("/new.jar");
    assertThat(second.classPath()).endsWith("/new.jar");
    assertThat(first.err() + second.err()).contains("cria: waiting for another cria (process ", "cria: building (");
  }

  @Test void lock_ofAProcessThatIsGone_isTakenOver() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(true, BUILDS);
    Process gone = checkout.start(Path.of("/bin/sh"), "-c", ":");
    assertThat(gone.waitFor()).isZero();
    FakeCheckout.write(checkout.home.resolve("app-cli/target/cria.lock"), gone.pid() + "\n");
    assertThat(checkout.run().err()).doesNotContain("waiting").contains("cria: built in");
  }

  @Test void build_terminated_stopsMavenAndFreesTheLock() throws Exception {
    checkout.jdk("jdks/twenty-five", "25.0.3");
    checkout.sources(true, "echo $$ >maven; mv maven maven-pid; exec sleep 60\n");
    Process process = checkout.start(checkout.home.resolve("cria"));
    assertThat(process.errorReader().readLine()).startsWith("cria: building");
    Path pid = checkout.home.resolve("maven-pid");
    while (!Files.exists(pid)) {
      Thread.sleep(10);
    }
    process.toHandle().destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    var maven = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (maven.isPresent()) {
      maven.get().onExit().get();
    }
    assertThat(checkout.home.resolve("app-cli/target/cria.lock")).doesNotExist();
  }
}
