package dev.cria.benchmarks;

import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;

/** Rows of one sequence at consecutive positions. */
record Places(KvView cache, int first, int rows) implements Placement {

  @Override public int position(int row) {
    return first + row;
  }

  @Override public KvView cache(int row) {
    return cache;
  }
}
