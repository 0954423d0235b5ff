package dev.cria.tokenizers;

import java.util.Arrays;

/** Tokens, one after another. */
final class TokenList {

  private int[] ids;
  private int size;

  TokenList(int capacity) {
    ids = new int[Math.max(8, capacity)];
  }

  int size() {
    return size;
  }

  void add(int id) {
    reserve(1);
    ids[size++] = id;
  }

  void addAll(int[] from, int count) {
    reserve(count);
    System.arraycopy(from, 0, ids, size, count);
    size += count;
  }

  /** Adds some once more. */
  void repeat(int from, int count) {
    reserve(count);
    System.arraycopy(ids, from, ids, size, count);
    size += count;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }

  private void reserve(int more) {
    if (size + more > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(size + more, size + (size >> 1)));
    }
  }
}
