package dev.cria.inference;

import dev.cria.api.executor.RowBatch;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the batch at hand, checked and copied out of it. */
final class Rows {

  private final int[] tokens;
  private final int[] positions;
  private final @Nullable KvCache[] caches;
  private final int[] wanted;
  private final List<Placement> placements = new ArrayList<>();
  private int count;
  private int wantedCount;

  Rows(int maxRows, int layers) {
    tokens = new int[maxRows];
    positions = new int[maxRows];
    caches = new KvCache[maxRows];
    wanted = new int[maxRows];
    for (int layer = 0; layer < layers; layer++) {
      placements.add(new LayerPlacement(layer));
    }
  }

  /** Takes the rows of a batch, and makes room for them in the caches. */
  void take(RowBatch batch) {
    if (batch.rows() < 1 || batch.rows() > tokens.length) {
      throw new IllegalArgumentException("a batch has 1 to " + tokens.length + " rows, got " + batch.rows());
    }
    for (int row = 0; row < batch.rows(); row++) {
      check(batch, row);
    }
    Arrays.fill(caches, null);
    count = batch.rows();
    wantedCount = 0;
    for (int row = 0; row < count; row++) {
      tokens[row] = batch.token(row);
      positions[row] = batch.position(row);
      KvCache cache = (KvCache) batch.sequence(row);
      cache.reserve(positions[row] + 1);
      caches[row] = cache;
      if (batch.wantsLogits(row)) {
        wanted[wantedCount++] = row;
      }
    }
  }

  /** Counts the positions of all rows as filled. */
  void advance() {
    for (int row = 0; row < count; row++) {
      cache(row).advance(positions[row] + 1);
    }
  }

  int count() {
    return count;
  }

  /** Token ids, {@code (maxRows,)}; the first {@link #count()} count. */
  int[] tokens() {
    return tokens;
  }

  int wantedCount() {
    return wantedCount;
  }

  /** The row whose logits are wanted as number {@code i}. */
  int wanted(int i) {
    return wanted[i];
  }

  Placement placement(int layer) {
    return placements.get(layer);
  }

  private KvCache cache(int row) {
    KvCache cache = caches[row];
    if (cache == null) {
      throw new IndexOutOfBoundsException("row " + row + " of " + count);
    }
    return cache;
  }

  private static void check(RowBatch batch, int row) {
    if (!(batch.sequence(row) instanceof KvCache cache)) {
      throw new IllegalArgumentException("the sequence of row " + row + " was made by another executor");
    }
    boolean continues = row > 0 && batch.sequence(row - 1).equals(cache);
    int expected = continues ? batch.position(row - 1) + 1 : cache.length();
    if (batch.position(row) != expected) {
      throw new IllegalArgumentException("row " + row + " is at position " + batch.position(row)
          + "; its sequence goes on at position " + expected);
    }
    if (batch.position(row) >= cache.capacity()) {
      throw new IllegalArgumentException("row " + row + " is at position " + batch.position(row)
          + "; its sequence has room for " + cache.capacity());
    }
  }

  /** Where the rows stand in one layer. */
  private final class LayerPlacement implements Placement {

    private final int layer;

    private LayerPlacement(int layer) {
      this.layer = layer;
    }

    @Override public int rows() {
      return count;
    }

    @Override public int position(int row) {
      return positions[row];
    }

    @Override public KvView cache(int row) {
      return Rows.this.cache(row).layer(layer);
    }
  }
}
