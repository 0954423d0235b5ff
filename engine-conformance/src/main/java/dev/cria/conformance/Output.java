package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Memory that an operation writes to: a matrix with canaries before, behind and between its rows, or a cache.
 *
 * @param memory all of it, canaries included
 * @param view the matrix within; null for a cache, where every word counts
 */
record Output(Memory memory, @Nullable FloatMatrix view) {

  static Output of(String name, FloatMatrix view) {
    return new Output(Memory.of(name, view.data()), view);
  }

  /** Whether a word belongs to the output; the others are canaries. */
  boolean inside(int word) {
    if (view == null) {
      return true;
    }
    int at = word - view.offset();
    return at >= 0 && at / view.stride() < view.rows() && at % view.stride() < view.cols();
  }

  /** Where a word is, for messages. */
  String place(int word) {
    if (view == null) {
      return memory.name() + " word " + word;
    }
    int at = word - view.offset();
    return memory.name() + "[" + Math.floorDiv(at, view.stride()) + "][" + Math.floorMod(at, view.stride()) + "]";
  }
}
