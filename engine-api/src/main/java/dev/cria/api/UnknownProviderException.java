package dev.cria.api;

import java.io.Serial;
import java.util.List;
import java.util.Locale;

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
        + (available.isEmpty() ? "none" : String.join(", ", available))
        + "." + suggestion(name, available));
  }

  private static String suggestion(String name, List<String> available) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String nearest = "";
    int least = 1 + Math.max(1, wanted.length() / 3);
    for (String candidate : available) {
      int distance = candidate.startsWith(wanted) && !wanted.isEmpty() ? 0 : distance(wanted, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : " Did you mean '" + nearest + "'?";
  }

  /** Levenshtein distance: how many characters to insert, remove or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
