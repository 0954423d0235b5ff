package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.Availability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded from what the JVM tells. */
class VectorSupportTest {

  private static final String SERVER = "OpenJDK 64-Bit Server VM";

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"OpenJDK 64-Bit Server VM|mixed mode, sharing",
      "Java HotSpot(TM) 64-Bit Server VM|mixed mode",
      "OpenJDK 64-Bit Server VM|compiled mode, sharing"}) void compiler_ofServerVm_isThere(String name, String info) {
    assertThat(VectorSupport.compiler(name, info)).isEqualTo(Availability.available());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Eclipse OpenJ9 VM", "OpenJDK 64-Bit Zero VM", "OpenJDK Client VM",
      "unknown"}) void compiler_ofAnotherVm_isNamedAsMissing(String name) {
    assertThat(VectorSupport.compiler(name, "mixed mode").reason()).contains("This JVM, " + name
        + ", has no C2 compiler. Use the HotSpot JVM, as in any build of OpenJDK, or use --backend scalar.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreted mode, sharing",
      "mixed mode, emulated-client, sharing"}) void compiler_switchedOff_saysWhichFlagsToDrop(String info) {
    assertThat(VectorSupport.compiler(SERVER, info).reason()).contains("The C2 compiler is switched off (" + info
        + "). Start java without -Xint, -XX:TieredStopAtLevel and -XX:CompilationMode, or use --backend scalar.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "128", "256", "512"}) void askedWidth_ofOneThereIs_isTaken(String bits) {
    assertThat(VectorSupport.askedWidth(bits)).isEqualTo(Availability.available());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "32", "100", "1024", "-128", "0x80", "wide",
      " "}) void askedWidth_ofAnyOther_saysWhichThereAre(String bits) {
    assertThat(VectorSupport.askedWidth(bits).reason()).contains("Property cria.vector.bits is '" + bits
        + "'. Set it to 64, 128, 256 or 512 bits, or leave it out for the width of the CPU, or use --backend scalar.");
  }

  @Test void width_ofLessThan128Bits_isRefused() {
    assertThat(VectorSupport.width(128)).isEqualTo(Availability.available());
    assertThat(VectorSupport.width(64).reason()).contains("Vectors have 64 bits here, too few for any gain."
        + " Start java without -XX:MaxVectorSize, or use --backend scalar.");
  }

  @Test void fusedMultiplyAdd_thatTakesMicroseconds_isRefused() {
    assertThat(VectorSupport.fusedMultiplyAdd(40)).isEqualTo(Availability.available());
    assertThat(VectorSupport.fusedMultiplyAdd(50_000).reason())
        .contains("The CPU has no fused multiply-add, or -XX:-UseFMA is set."
            + " Run it on a CPU with FMA, or use --backend scalar.");
  }
}
