package dev.cria.tokenizers;

/** Which tokens merge, and in which order. */
interface Merges {

  /** No merge: its lower half is no token. */
  long NONE = -1;

  /**
   * What two neighbours merge into: in the lower half a token, in the upper a number that is the smaller, the sooner they do;
   * or {@link #NONE}.
   */
  long pair(int left, int right);

  /** A merge for {@link #pair} to tell of. */
  static long of(int order, int token) {
    return (long) order << 32 | token;
  }
}
