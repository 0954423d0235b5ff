package dev.cria.conformance;

import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the rows of a batch stand.
 *
 * @param caches of each row
 * @param positions of each row
 * @param lengths of each row's cache
 */
record Places(List<? extends KvView> caches, List<Integer> positions, List<Integer> lengths) implements Placement {

  /** Consecutive rows of one sequence, the first at {@code start}. */
  static Places prompt(KvView cache, int start, int rows) {
    return new Places(Collections.nCopies(rows, cache), IntStream.range(start, start + rows).boxed().toList(),
        IntStream.rangeClosed(start + 1, start + rows).boxed().toList());
  }

  /** One row of each of several sequences. */
  static Places oneEach(List<? extends KvView> caches, List<Integer> positions) {
    return new Places(caches, positions, positions.stream().map(p -> p + 1).toList());
  }

  /** All rows see that many positions of their caches. */
  Places seeing(int length) {
    return new Places(caches, positions, Collections.nCopies(rows(), length));
  }

  Places row(int row) {
    return new Places(caches.subList(row, row + 1), positions.subList(row, row + 1), lengths.subList(row, row + 1));
  }

  @Override public int rows() {
    return positions.size();
  }

  @Override public int position(int row) {
    return positions.get(row);
  }

  @Override public KvView cache(int row) {
    return caches.get(row);
  }

  @Override public int length(int row) {
    return lengths.get(row);
  }
}
