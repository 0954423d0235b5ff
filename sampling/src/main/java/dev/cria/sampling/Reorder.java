package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** Keeps some candidates, in a new order. */
final class Reorder {

  private int[] ids = {};
  private float[] logits = {};

  /** Keeps the first {@code count} of an order. */
  void keep(Candidates candidates, RadixSort order, int count) {
    if (ids.length < count) {
      int room = Math.max(count, 2 * ids.length);
      ids = new int[room];
      logits = new float[room];
    }
    for (int rank = 0; rank < count; rank++) {
      int place = order.place(rank);
      ids[rank] = candidates.ids()[place];
      logits[rank] = candidates.logits()[place];
    }
    System.arraycopy(ids, 0, candidates.ids(), 0, count);
    System.arraycopy(logits, 0, candidates.logits(), 0, count);
    candidates.shorten(count);
  }
}
