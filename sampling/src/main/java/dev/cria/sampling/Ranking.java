package dev.cria.sampling;

/** Candidates by a number of theirs, the greatest first, of equals the earlier first. */
final class Ranking {

  private final RadixSort order = new RadixSort();

  /**
   * Ranks by numbers that are not NaN.
   *
   * @param numbers {@code (count,)} at least
   * @param most how many are wanted; what comes after them has no order
   */
  RadixSort rank(float[] numbers, int count, int most) {
    order.reserve(count);
    for (int i = 0; i < count; i++) {
      order.put(i, key(numbers[i]), i);
    }
    if (most < count) {
      order.sortFirst(count, most);
    } else {
      order.sort(count);
    }
    return order;
  }

  /** The lesser, as an unsigned number, the greater the float; zeros of both signs are equal. */
  private static int key(float number) {
    int bits = Float.floatToRawIntBits(number + 0f);
    return ~(bits ^ (bits >> (Integer.SIZE - 1) | Integer.MIN_VALUE));
  }
}
