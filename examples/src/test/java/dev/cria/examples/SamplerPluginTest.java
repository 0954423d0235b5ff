package dev.cria.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's sampler step with the real launcher. */
final class SamplerPluginTest {

  private static final Map<String, String> WITH_PLUGIN = Map.of("CRIA_CLASSPATH",
      Installation.exampleJar("sampler-plugin", "top-a-1.0.jar").toString());

  @TempDir Path home;
  private Installation installation;

  @BeforeEach void install() throws IOException {
    installation = new Installation(home);
  }

  @AfterEach void remove() throws IOException {
    installation.close();
  }

  @Test void samplers_pluginOnTheClassPath_isListedWithWhatItTakes() throws Exception {
    CommandOutput samplers = installation.cria(WITH_PLUGIN, "samplers");

    assertThat(samplers.exitCode()).as(samplers.everything()).isZero();
    assertThat(samplers.out()).contains("""
          top-a: drops tokens less probable than a share of the square of the greatest
              a: the share; 0: none; a number in [0, 1]; default 0.2
              from top-a-1.0.jar
        """);
  }

  @Test void run_pluginNamed_choosesTheTokens() throws Exception {
    CommandOutput likely = installation.cria(WITH_PLUGIN, "run", "--sampler", "temperature=0.2,top-a=1", "-s", "1",
        "-n",
        "16");
    CommandOutput likeliest = installation.cria(WITH_PLUGIN, "run", "--sampler", "top-a,greedy", "-n", "16");

    assertThat(likely.exitCode()).as(likely.everything()).isZero();
    assertThat(likely.out()).isNotBlank();
    assertThat(likeliest.out()).as(likeliest.everything())
        .isEqualTo(installation.cria(Map.of(), "run", "-t", "0", "-n", "16").out());
  }

  @Test void run_pluginWrongOrAbsent_isRefused() throws Exception {
    CommandOutput wrong = installation.cria(WITH_PLUGIN, "run", "--sampler", "top-a=2");
    assertThat(wrong.exitCode()).as(wrong.everything()).isEqualTo(2);
    assertThat(wrong.err()).contains("cria: --sampler: top-a: a must be a number in [0, 1], got '2'.");

    CommandOutput absent = installation.cria(Map.of(), "run", "--sampler", "top-a=0.2");
    assertThat(absent.exitCode()).as(absent.everything()).isEqualTo(2);
    assertThat(absent.err()).contains("cria: Unknown sampler 'top-a'. Available: ");
  }
}
