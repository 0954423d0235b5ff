package dev.cria.api;

import java.io.Serial;
import java.util.List;

/**
 * Thrown where a provider is asked for by a name that none has; the message lists the names there are and the nearest one.
 *
 * @since 0.1
 */
public final class UnknownProviderException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  /** Creates one for a kind of provider, the name asked for and the names there are. */
  public UnknownProviderException(String kind, String name, List<String> available) {
    super("Unknown " + kind + " '" + name + "'. Available: "
        + (available.isEmpty() ? "none" : String.join(", ", available)) + "."
        + NearestName.of(name, available).map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
  }
}
