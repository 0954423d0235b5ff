package dev.cria.vector;

/** Sums over one vector: element i is added to stripe i mod 16, and one tree folds the stripes. */
final class Stripes {

  /** How many stripes there are. */
  static final int COUNT = 16;

  private Stripes() {}

  /** The sum of the stripes: j and j + 8, then j and j + 4, and so on. */
  static float fold(float[] scratch) {
    return (quarter(scratch, 0) + quarter(scratch, 2)) + (quarter(scratch, 1) + quarter(scratch, 3));
  }

  /** What stripe j has when all those 4, 8 and 12 after it are added. */
  private static float quarter(float[] scratch, int j) {
    int at = Scratch.STRIPES + j;
    return (scratch[at] + scratch[at + 8]) + (scratch[at + 4] + scratch[at + 12]);
  }
}
