package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.ScratchSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotations of any number of pairs, at the last positions of the table too, where no whole vector of angles is left. */
class RopeTest {

  private static final int POSITIONS = 3;
  private static final int HEADS = 2;

  /** One row at that position; rope needs no cache. */
  private record At(int position) implements Placement {
    @Override public int rows() {
      return 1;
    }

    @Override public int position(int row) {
      return position;
    }

    @Override public KvView cache(int row) {
      throw new IllegalStateException("rope looks at no cache");
    }
  }

  private static float[] expected(float[] x, RopeTable table, int position) {
    float[] out = x.clone();
    int pairs = table.rotaryDim() / 2;
    for (int head = 0; head < HEADS; head++) {
      for (int pair = 0; pair < pairs; pair++) {
        boolean interleaved = table.layout() == RopeLayout.INTERLEAVED;
        int first = head * table.headDim() + (interleaved ? 2 * pair : pair);
        int second = interleaved ? first + 1 : first + pairs;
        float c = table.cos()[position * pairs + pair];
        float d = table.sin()[position * pairs + pair];
        out[first] = Math.fma(x[first], c, -(x[second] * d));
        out[second] = Math.fma(x[first], d, x[second] * c);
      }
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource void rope_anyNumberOfPairsAtAnyPosition_rotatesThemAndLeavesTheRest(RopeLayout layout) {
    VectorKernel kernel = new VectorKernel();
    for (int pairs = 1; pairs <= 40; pairs++) {
      for (int rest = 0; rest <= 1; rest++) {
        int headDim = 2 * pairs + rest * 3;
        RopeTable table = new RopeTable(layout, headDim, 2 * pairs, POSITIONS, Numbers.random(1, POSITIONS * pairs),
            Numbers.random(2, POSITIONS * pairs));
        for (int position = 0; position < POSITIONS; position++) {
          float[] x = Numbers.random(pairs, HEADS * headDim);
          int[] expected = Numbers.bits(expected(x, table, position));
          kernel.rope(TeamMember.alone(ScratchSize.NONE), FloatMatrix.row(x), table, new At(position));
          assertThat(Numbers.bits(x)).as("%d pairs of heads of %d at position %d", pairs, headDim, position)
              .isEqualTo(expected);
        }
      }
    }
  }
}
