package dev.cria.api.kernel;

/**
 * Rows at given positions of one cache.
 *
 * @param cache of all rows
 * @param positions of the rows
 */
record FixedPlacement(KvView cache, int... positions) implements Placement {

  @Override public int rows() {
    return positions.length;
  }

  @Override public int position(int row) {
    return positions[row];
  }

  @Override public KvView cache(int row) {
    return cache;
  }
}
