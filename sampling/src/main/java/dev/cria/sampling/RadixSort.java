package dev.cria.sampling;

import java.util.Arrays;

/** Sorts candidates by a key of 32 bits, the least first, of equals the one of the lower place. */
final class RadixSort {

  /*
   * An entry is one number: the key in its upper half, a place among the candidates in the lower one. A radix sort by the
   * upper half is stable, so equal keys stay in the order in which they were put. It allocates nothing and takes the same
   * time for any distribution; the JDK's sort of long[] allocates where it finds runs.
   */
  private static final int DIGIT_BITS = 11; // three digits for a key
  private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

  private final int[] starts = new int[1 << DIGIT_BITS];
  private long[] entries = {};
  private long[] spare = {};

  /** Makes room. */
  void reserve(int count) {
    if (entries.length < count) {
      int room = Math.max(count, 2 * entries.length); // so that growth soon ends, however the count varies
      entries = new long[room];
      spare = new long[room];
    }
  }

  /** Sets an entry, unsorted. */
  void put(int index, int key, int place) {
    entries[index] = (long) key << Integer.SIZE | place;
  }

  /** The place of the entry of that rank, once they are sorted. */
  int place(int rank) {
    return (int) entries[rank];
  }

  /** Sorts the first entries by their keys, as unsigned numbers. */
  void sort(int count) {
    for (int digit = 0; digit < 3; digit++) {
      sort(count, Integer.SIZE + digit * DIGIT_BITS);
    }
  }

  /**
   * Sorts, where only the first {@code most} are wanted, by leaving out those whose upper digit says that they come later.
   *
   * @return how many are sorted, {@code most} at least
   */
  int sortFirst(int count, int most) {
    int shift = Integer.SIZE + 2 * DIGIT_BITS;
    count(count, shift);
    int digit = 0;
    for (int sum = starts[0]; sum < most; sum += starts[digit]) {
      digit++;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (digit(entries[i], shift) <= digit) {
        entries[kept++] = entries[i];
      }
    }
    sort(kept);
    return kept;
  }

  /** Sorts the entries by one digit, stably. */
  private void sort(int count, int shift) {
    count(count, shift);
    int start = 0;
    for (int digit = 0; digit < starts.length; digit++) {
      int next = start + starts[digit];
      starts[digit] = start;
      start = next;
    }
    for (int i = 0; i < count; i++) {
      spare[starts[digit(entries[i], shift)]++] = entries[i];
    }
    long[] sorted = spare;
    spare = entries;
    entries = sorted;
  }

  private void count(int count, int shift) {
    Arrays.fill(starts, 0);
    for (int i = 0; i < count; i++) {
      starts[digit(entries[i], shift)]++;
    }
  }

  private static int digit(long entry, int shift) {
    return (int) (entry >>> shift) & DIGIT_MASK;
  }
}
