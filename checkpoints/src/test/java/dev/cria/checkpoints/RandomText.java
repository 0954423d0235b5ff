package dev.cria.checkpoints;

import java.util.Random;

/** Texts of all of Unicode: letters, spaces and line ends, characters of every length in UTF-8, and those assigned to nothing. */
final class RandomText {

  private static final int[] ENDS = {0x80, 0x800, 0x10000, 0x110000};
  private static final String FREQUENT = " \n\t\r'aestSTrdl0199.,!<|>_é中😀\u00A0\u0301";

  private RandomText() {}

  static String next(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      int c = random.nextBoolean()
          ? FREQUENT.codePointAt(random.nextInt(FREQUENT.length()))
          : random.nextInt(ENDS[random.nextInt(ENDS.length)]);
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }
}
