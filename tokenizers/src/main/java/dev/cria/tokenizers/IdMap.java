package dev.cria.tokenizers;

import java.util.Arrays;

/** Token ids by number: a hash table with open addressing, so that a lookup neither boxes nor allocates. */
final class IdMap {

  /** No id: the answer for a key that was never put. */
  static final int ABSENT = -2;

  private static final long FREE = -1;

  private long[] keys;
  private int[] ids;
  private int size;

  /** One that holds so many without growing. */
  IdMap(int capacity) {
    int slots = Integer.highestOneBit(Math.clamp(2L * capacity, 32, 1 << 29)) << 1;
    keys = new long[slots];
    ids = new int[slots];
    Arrays.fill(keys, FREE);
  }

  /** Puts an id; the key must not be negative. */
  void put(long key, int id) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slot(key);
    size += keys[slot] == FREE ? 1 : 0;
    keys[slot] = key;
    ids[slot] = id;
  }

  /** The id of a key, or {@link #ABSENT}. */
  int get(long key) {
    int slot = slot(key);
    return keys[slot] == key ? ids[slot] : ABSENT;
  }

  /** Where the key is, or the free slot where it belongs. */
  private int slot(long key) {
    int mask = keys.length - 1;
    long hash = key * 0x9E3779B97F4A7C15L; // Fibonacci hashing: the upper bits depend on all of the key
    int slot = (int) (hash >>> 32) & mask;
    while (keys[slot] != key && keys[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldIds = ids;
    keys = new long[2 * oldKeys.length];
    ids = new int[2 * oldKeys.length];
    Arrays.fill(keys, FREE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        ids[slot] = oldIds[i];
      }
    }
  }
}
