package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cria.api.Availability;
import dev.cria.api.Providers;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.KernelProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider here, and in other JVMs, each started with flags that take something away. */
class VectorKernelProviderTest {

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test void provider_whereEverythingIsThere_isFoundAndAvailable() {
    Providers<KernelProvider> providers = Providers.load("backend", KernelProvider.class,
        VectorKernelProvider.class.getClassLoader());
    KernelProvider vector = providers.named("vector");
    assertThat(vector).isInstanceOf(VectorKernelProvider.class);
    assertThat(vector.availability()).isEqualTo(Availability.available());
    assertThat(vector.grade()).isEqualTo(Grade.EXACT);
    assertThat(vector.priority()).isEqualTo(100);
    assertThat(providers.broken()).isEmpty();
  }

  @Test void availability_withoutTheModule_saysHowToAddIt() throws Exception {
    assertThat(availabilityWith()).isEqualTo("Module jdk.incubator.vector is not resolved."
        + " Start java with --add-modules jdk.incubator.vector, or use --backend scalar.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1",
      "-XX:CompilationMode=quick-only"}) void availability_withoutC2_saysWhichFlagsToDrop(String flag)
          throws Exception {
    assertThat(availabilityWith(MODULE, flag)).startsWith("The C2 compiler is switched off (")
        .endsWith("Start java without -Xint, -XX:TieredStopAtLevel and -XX:CompilationMode, or use --backend scalar.");
  }

  @Test void availability_withAWidthThereIsNot_saysWhichThereAre() throws Exception {
    assertThat(availabilityWith(MODULE, "-Dcria.vector.bits=100"))
        .startsWith("Property cria.vector.bits is '100'. Set it to 64, 128, 256 or 512 bits");
  }

  @Test void availability_withoutFusedMultiplyAdd_isRefused() throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 can switch off fused multiply-add");
    assertThat(availabilityWith(MODULE, "-XX:-UseFMA")).startsWith("The CPU has no fused multiply-add");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "128", "256", "512"}) void availability_withAnyWidth_isGiven(String bits)
      throws Exception {
    assertThat(availabilityWith(MODULE, "-Dcria.vector.bits=" + bits)).isEqualTo("available");
  }

  /** What the provider says in a new JVM with those flags. */
  private static String availabilityWith(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PrintAvailability.class.getName()));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s, which printed %s", command, output).isZero();
    return output.strip();
  }
}
