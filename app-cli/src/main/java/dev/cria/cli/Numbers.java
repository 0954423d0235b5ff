package dev.cria.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers on the command line: what is no number, or out of range, is refused. */
final class Numbers {

  private static final Pattern REAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Numbers() {}

  /** A decimal number, by way of a double as in C, in {@code [least, most]}. */
  static float real(String option, String text, float least, float most) {
    float value = REAL.matcher(text).matches() ? (float) Double.parseDouble(text) : Float.NaN;
    if (!(value >= least && value <= most)) {
      throw new UsageException(option + " must be a number " + (most == Float.MAX_VALUE
          ? "from " + plain(least) + " on"
          : "in [" + plain(least) + ", " + plain(most) + "]")
          + ", got '" + text + "'.");
    }
    return value;
  }

  /** A whole number in {@code [least, most]}. */
  static int whole(String option, String text, int least, int most) {
    if (WHOLE.matcher(text).matches()) {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // more digits than an int has: out of range like any other
      }
    }
    throw new UsageException(option + " must be a whole number " + (most == Integer.MAX_VALUE
        ? "from " + least + " on"
        : "in [" + least + ", " + most + "]") + ", got '" + text + "'.");
  }

  /** Any 64 bits, written as a signed or as an unsigned number. */
  static long seed(String option, String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      } catch (NumberFormatException e) {
        // more digits than 64 bits hold
      }
    }
    throw new UsageException(option + " must be a whole number of 64 bits, got '" + text + "'.");
  }

  private static String plain(float value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Float.toString(value);
  }
}
