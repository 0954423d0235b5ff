package dev.cria.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class AvailabilityTest {

  @Test void available_hasNoReason() {
    assertThat(Availability.available().isAvailable()).isTrue();
    assertThat(Availability.available().reason()).isEmpty();
  }

  @Test void unavailable_keepsItsReason() {
    Availability unavailable = Availability.unavailable("No FMA. Use --backend scalar.");

    assertThat(unavailable.isAvailable()).isFalse();
    assertThat(unavailable.reason()).contains("No FMA. Use --backend scalar.");
  }

  @Test void unavailable_blankReason_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Availability.unavailable(" "))
        .withMessage("reason is blank; say why it cannot run and what to do");
  }
}
