package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/** Panels of 64 rows of weights that are not floats, and what to do with them. */
sealed interface PackedLayout extends WeightLayout permits LevelLayout, Int8Layout, ByteLayout, HalfLayout {

  /** Packs a whole row-major matrix; a unit is a panel. What the rows below the last hold does not matter. */
  void prepare(Worker worker, WeightMatrix out, WeightMatrix in);

  /** Rows that one stream of {@link #multiply} reads: where they start is a multiple of it. */
  int unit();

  /**
   * Makes what {@link #multiply} needs of a row of activations, in scratch, once for all rows of weights of one encoding.
   */
  default void begin(WeightMatrix w, FloatMatrix x, float[] scratch) {}

  /**
   * Writes the products of four units of rows and one row of activations, reading four streams of memory: {@code unit()} floats
   * each, one after another from {@code sums[at]} on.
   *
   * @param a the matrix of the first two units
   * @param b that of the others, of the same encoding and as many columns
   */
  void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at);

  /**
   * Unpacks a piece of the panel that starts with {@code row} as columns of floats: levels, then scales, then minimums, as
   * {@link Packing#pack} writes them; for activations that are rounded, pairs of codes in the place of levels.
   *
   * @param col where the piece starts: with a whole group, and with an even column
   */
  void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start);
}
