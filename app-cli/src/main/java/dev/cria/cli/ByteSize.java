package dev.cria.cli;

import java.util.Locale;

/** Numbers of bytes as people read them. */
final class ByteSize {

  private static final String UNITS = "kMGTPE";

  private ByteSize() {}

  /** As {@code 1.1 MB}: decimal units, as disks and file managers have them. */
  static String of(long bytes) {
    double value = bytes;
    int unit = -1;
    while (value >= 999.5 && unit < UNITS.length() - 1) {
      value /= 1000;
      unit++;
    }
    return unit < 0
        ? bytes + " bytes"
        : String.format(Locale.ROOT, value < 9.95 ? "%.1f %sB" : "%.0f %sB", value,
            UNITS.charAt(unit));
  }
}
