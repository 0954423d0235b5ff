package dev.cria.api.kernel;

import java.io.Serial;

/**
 * Thrown where a kernel is asked for that cannot run here; the message is a whole sentence for the user.
 *
 * @since 0.1
 */
public final class KernelUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Creates one with the sentence for the user. */
  public KernelUnavailableException(String message) {
    super(message);
  }

  /** Creates one with the sentence for the user and what led to it. */
  public KernelUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
