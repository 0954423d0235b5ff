package dev.cria.api;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody probably meant, for messages that ask "Did you mean …?".
 *
 * @since 0.1
 */
public final class NearestName {

  private NearestName() {}

  /**
   * The name nearest to the one written: one that begins with it, or else the one that needs the fewest letters inserted,
   * removed or replaced, if these are no more than a third of it (or one).
   *
   * @param written what the user wrote; upper and lower case count as the same
   * @param names those there are; the first of equals wins
   */
  public static Optional<String> of(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    Optional<String> nearest = Optional.empty();
    int least = 1 + Math.max(1, wanted.length() / 3);
    for (String candidate : names) {
      String name = candidate.toLowerCase(Locale.ROOT);
      int distance = !wanted.isEmpty() && name.startsWith(wanted) ? 0 : distance(wanted, name);
      if (distance < least) {
        least = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
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
