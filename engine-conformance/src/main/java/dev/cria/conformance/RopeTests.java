package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Shapes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code rope} must do. */
abstract class RopeTests extends MatmulValueTests {

  private static final KvView NO_CACHE = SampleCache.contiguous(1, 1, 1); // rope looks at positions alone

  @Test void rope_ofInterleavedPairs_matchesSpecification() {
    checkRope(RopeLayout.INTERLEAVED, 1);
  }

  @Test void rope_ofHalfSplitPairs_matchesSpecification() {
    checkRope(RopeLayout.HALF_SPLIT, 1);
  }

  @Test void rope_ofInterleavedPairsInPartOfTheHead_leavesTheRest() {
    checkRope(RopeLayout.INTERLEAVED, 2);
  }

  @Test void rope_ofHalfSplitPairsInPartOfTheHead_leavesTheRest() {
    checkRope(RopeLayout.HALF_SPLIT, 2);
  }

  @Test void rope_atAnyPositions_takesEachRowsOwn() {
    for (RopeLayout layout : RopeLayout.values()) {
      Samples samples = new Samples(1);
      RopeTable table = Samples.ropeTable(layout, 16, 16, 300);
      Places places = places(299, 0, 7, 7, 64);
      bench().check(new RopeCase(samples.matrix(5, 48), table, places), feature(layout));
    }
  }

  @Test void rope_ofExtremeValues_matchesSpecification() {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, 1e30f, -1e30f, 1e-30f,
        Float.NaN, 1f, 2f, 3f, 4f, 5f, 6f, 7f};
    for (RopeLayout layout : RopeLayout.values()) {
      RopeTable table = Samples.ropeTable(layout, 8, 8, 4);
      bench().check(new RopeCase(Samples.view(values, 1, 16, 16), table, places(3)), feature(layout));
    }
  }

  @Test void rope_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    RopeLayout layout = refuses(KernelFeature.ROPE_INTERLEAVED) ? RopeLayout.HALF_SPLIT : RopeLayout.INTERLEAVED;
    RopeTable table = Samples.ropeTable(layout, 16, 16, 10);
    refuse(samples.matrix(2, 40), table, places(1, 2));
    refuse(samples.matrix(2, 48), table, places(1));
    refuse(samples.matrix(2, 48), table, places(1, 2, 3));
    refuse(samples.matrix(2, 48), table, places(1, -1));
    refuse(samples.matrix(2, 48), table, places(1, 10));
  }

  private void refuse(FloatMatrix x, RopeTable table, Places places) {
    bench().checkRefused(new RopeCase(x, table, places), () -> Shapes.checkRope(x, table, places));
  }

  private void checkRope(RopeLayout layout, int part) {
    for (int headDim : new int[]{4, 6, 8, 16, 34, 48, 64, 80, 128, 256}) {
      Samples samples = new Samples(headDim);
      int rotaryDim = headDim / part / 2 * 2;
      RopeTable table = Samples.ropeTable(layout, headDim, rotaryDim, 12);
      for (int heads : new int[]{1, 3, 8}) {
        bench().check(new RopeCase(samples.strided(3, heads * headDim), table, places(9, 10, 11)), feature(layout));
      }
    }
  }

  static Places places(Integer... positions) {
    List<Integer> each = Arrays.asList(positions);
    return Places.oneEach(Collections.nCopies(each.size(), NO_CACHE), each);
  }

  static KernelFeature feature(RopeLayout layout) {
    return layout == RopeLayout.INTERLEAVED ? KernelFeature.ROPE_INTERLEAVED : KernelFeature.ROPE_HALF_SPLIT;
  }
}
