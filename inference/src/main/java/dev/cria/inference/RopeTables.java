package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeTable;

/** Computes the table of rotary angles of a model. */
public final class RopeTables {

  /*
   * The angle of pair i at position p is p · theta^(−2i / rotaryDim) (Su et al. 2021, RoFormer, §3.2.2). It is computed in
   * float64 with StrictMath, so that every machine has the same bits, and rounded once to float32. A model that was stretched to a
   * longer context brings a divisor for each frequency.
   */
  private RopeTables() {}

  /** The table of that many positions. */
  public static RopeTable of(ModelConfiguration configuration, int positions) {
    ModelConfiguration.Rope rope = configuration.rope();
    int pairs = rope.rotaryDim() / 2;
    float[] cos = new float[Math.multiplyExact(positions, pairs)];
    float[] sin = new float[cos.length];
    for (int pair = 0; pair < pairs; pair++) {
      double plain = StrictMath.pow(rope.theta(), -2.0 * pair / rope.rotaryDim());
      double frequency = rope.divisors().isEmpty() ? plain : plain / rope.divisors().get(pair);
      for (int position = 0; position < positions; position++) {
        double angle = position * frequency;
        cos[position * pairs + pair] = (float) StrictMath.cos(angle);
        sin[position * pairs + pair] = (float) StrictMath.sin(angle);
      }
    }
    return new RopeTable(rope.layout(), configuration.headDim(), rope.rotaryDim(), positions, cos, sin);
  }
}
