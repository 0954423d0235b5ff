package dev.cria.api;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether something can run on this JVM and machine, and if not, the sentence that tells the user why and what to do.
 *
 * @param reason empty if it can run; otherwise one or two whole sentences, the last of which says what to do next
 * @since 0.1
 */
public record Availability(Optional<String> reason) {

  private static final Availability AVAILABLE = new Availability(Optional.empty());

  /** Checks that a reason, if given, says something. */
  public Availability {
    Objects.requireNonNull(reason, "reason is null");
    if (reason.isPresent() && reason.get().isBlank()) {
      throw new IllegalArgumentException("reason is blank; say why it cannot run and what to do");
    }
  }

  /** It can run here. */
  public static Availability available() {
    return AVAILABLE;
  }

  /** It cannot run here, for the given reason. */
  public static Availability unavailable(String reason) {
    return new Availability(Optional.of(reason));
  }

  /** Whether it can run here. */
  public boolean isAvailable() {
    return reason.isEmpty();
  }
}
