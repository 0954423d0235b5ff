package dev.cria.api.checkpoint;

import java.util.Objects;

/**
 * Whether a file is of a format, and why one thinks so.
 *
 * @param recognised whether it is
 * @param reason for the user, without the file's name: {@code header of 7 positive integers and a size that fits}, or
 *     {@code starts with "GGUF"}
 * @since 0.1
 */
public record Recognition(boolean recognised, String reason) {

  /** Checks that a reason is given. */
  public Recognition {
    Objects.requireNonNull(reason, "reason is null");
  }

  /** It is of this format. */
  public static Recognition yes(String reason) {
    return new Recognition(true, reason);
  }

  /** It is of another format. */
  public static Recognition no(String reason) {
    return new Recognition(false, reason);
  }
}
