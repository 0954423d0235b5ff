package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.Shapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code attention} must do over a contiguous cache. */
abstract class AttentionTests extends RopeTests {

  /** Lengths around the blocks of 64 positions. */
  static final int[] LENGTHS = {1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 130, 200};

  @Test void attention_ofAnyLength_matchesSpecification() {
    for (int length : LENGTHS) {
      checkAttention(new Samples(length), 4, 2, 16, length, 1);
    }
  }

  @Test void attention_ofAnyHeadRatio_matchesSpecification() {
    for (int[] heads : new int[][]{{1, 1}, {4, 4}, {4, 2}, {6, 2}, {8, 1}, {12, 3}, {7, 7}, {14, 2}}) {
      checkAttention(new Samples(heads[0]), heads[0], heads[1], 8, 70, 2);
    }
  }

  @Test void attention_ofAnyHeadDim_matchesSpecification() {
    for (int headDim : new int[]{1, 2, 6, 8, 15, 16, 17, 34, 48, 64, 80, 128, 256}) {
      checkAttention(new Samples(headDim), 2, 1, headDim, 67, 2);
      checkAttention(new Samples(headDim), 2, 1, headDim, 70, 23);
    }
  }

  @Test void attention_ofPrompt_letsEachRowSeeUpToItself() {
    for (int rows : new int[]{2, 5, 64, 66}) {
      checkAttention(new Samples(rows), 4, 2, 8, rows, rows);
      checkAttention(new Samples(rows), 4, 2, 8, rows + 61, rows);
    }
  }

  @Test void attention_ofSeveralSequences_readsEachRowsOwnCache() {
    Samples samples = new Samples(1);
    List<SampleCache> caches = List.of(SampleCache.contiguous(2, 8, 200), SampleCache.contiguous(2, 8, 64),
        SampleCache.contiguous(2, 8, 130), SampleCache.contiguous(2, 8, 1));
    Places places = Places.oneEach(caches, List.of(199, 3, 64, 0));
    bench().check(AttentionCase.of(samples, places, AttentionShape.causal(4, 2, 8)));
  }

  @Test void attention_ofSeveralPrompts_readsEachRowsOwnCache() {
    SampleCache first = SampleCache.contiguous(2, 8, 200);
    SampleCache second = SampleCache.contiguous(2, 8, 128);
    List<SampleCache> caches = new ArrayList<>(Collections.nCopies(30, first));
    caches.addAll(Collections.nCopies(25, second));
    List<Integer> positions = new ArrayList<>();
    for (int row = 0; row < 30; row++) {
      positions.add(150 - 3 * row); // not in ascending order, and some rows see less than others
    }
    for (int row = 0; row < 25; row++) {
      positions.add(50 + row);
    }
    bench().check(AttentionCase.of(new Samples(1), Places.oneEach(caches, positions), AttentionShape.causal(4, 2, 8)));
  }

  @Test void attention_withSlidingWindow_seesThatManyPositions() {
    for (int window : new int[]{1, 2, 63, 64, 65, 100, 1000}) {
      for (int rows : new int[]{4, 50}) {
        Samples samples = new Samples(window);
        Places places = Places.prompt(SampleCache.contiguous(2, 8, 200), 140, rows);
        AttentionShape shape = new AttentionShape(4, 2, 8, 0.35f, true, window, 0);
        bench().check(AttentionCase.of(samples, places, shape), KernelFeature.SLIDING_WINDOW);
      }
    }
  }

  @Test void attention_withSoftCap_squashesTheScores() {
    for (float cap : new float[]{0.5f, 5, 50}) {
      Samples samples = new Samples(1);
      Places places = Places.prompt(SampleCache.contiguous(2, 8, 200), 70, 2);
      AttentionShape shape = new AttentionShape(4, 2, 8, 4, true, AttentionShape.UNLIMITED, cap);
      bench().check(AttentionCase.of(samples, places, shape), KernelFeature.SOFT_CAP);
    }
  }

  @Test void attention_inBothDirections_seesThePositionsAfterItsOwn() {
    for (int length : LENGTHS) {
      Samples samples = new Samples(length);
      Places places = Places.prompt(SampleCache.contiguous(2, 8, 200), 0, Math.min(length, 40)).seeing(length);
      AttentionShape shape = new AttentionShape(4, 2, 8, 0.35f, false, AttentionShape.UNLIMITED, 0);
      bench().check(AttentionCase.of(samples, places, shape), KernelFeature.BIDIRECTIONAL);
    }
  }

  @Test void attention_inBothDirectionsWithWindow_cutsTheEarlierPositionsAlone() {
    Samples samples = new Samples(1);
    Places places = Places.prompt(SampleCache.contiguous(2, 8, 200), 80, 3).seeing(150);
    AttentionShape shape = new AttentionShape(4, 2, 8, 0.35f, false, 10, 0);
    bench().check(AttentionCase.of(samples, places, shape), KernelFeature.BIDIRECTIONAL,
        KernelFeature.SLIDING_WINDOW);
  }

  @Test void attention_ofCausalRows_ignoresWhatLengthSaysBeyondThem() {
    Samples samples = new Samples(1);
    Places places = Places.prompt(SampleCache.contiguous(2, 8, 200), 60, 3).seeing(150);
    bench().check(AttentionCase.of(samples, places, AttentionShape.causal(4, 2, 8)));
  }

  @Test void attention_ofExtremeScores_matchesSpecification() {
    for (float size : new float[]{0f, 1e-30f, 20f}) {
      AttentionCase c = attention(new Samples(1), 4, 2, 8, 130, 2);
      scale(c.query(), size);
      bench().check(c);
    }
  }

  @Test void attention_ofOneDominantScorePerBlock_matchesSpecification() {
    Samples samples = new Samples(1);
    SampleCache cache = SampleCache.contiguous(1, 4, 256);
    Places places = Places.prompt(cache, 255, 1);
    AttentionCase c = AttentionCase.of(samples, places, AttentionShape.causal(2, 1, 4));
    for (int[] peak : new int[][]{{5, 40}, {100, 120}, {150, 60}, {255, 119}}) {
      float[] key = {peak[1], 0, 0, 0};
      CacheAccess.writeKey(cache, 0, peak[0], key, 0);
    }
    bench().check(new AttentionCase(c.view(), c.query(), places, c.shape()));
  }

  @Test void attention_ofNaNInAQuery_spoilsThatHeadAlone() {
    AttentionCase c = attention(new Samples(1), 4, 2, 8, 70, 3);
    c.query().data()[c.query().index(1) + 2 * 8] = Float.NaN;
    bench().check(c);
  }

  @Test void attention_ofNaNInAVisibleKey_spoilsWhatSeesIt() {
    SampleCache cache = SampleCache.contiguous(2, 8, 200);
    Places places = Places.prompt(cache, 65, 3);
    AttentionCase c = AttentionCase.of(new Samples(1), places, AttentionShape.causal(4, 2, 8));
    float[] key = new float[8];
    key[7] = Float.NaN;
    CacheAccess.writeKey(cache, 1, 66, key, 0);
    bench().check(new AttentionCase(c.view(), c.query(), places, c.shape()));
  }

  @Test void attention_ofNaNInAValue_spoilsTheRowsThatSeeIt() {
    SampleCache cache = SampleCache.contiguous(2, 8, 200);
    Places places = Places.prompt(cache, 60, 30);
    AttentionCase c = AttentionCase.of(new Samples(1), places, AttentionShape.causal(4, 2, 8));
    float[] value = new float[8];
    value[7] = Float.NaN;
    CacheAccess.writeValue(cache, 1, 74, value, 0);
    bench().check(new AttentionCase(c.view(), c.query(), places, c.shape()));
  }

  @Test void attention_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    SampleCache cache = SampleCache.contiguous(2, 8, 64);
    AttentionShape shape = AttentionShape.causal(4, 2, 8);
    Places two = Places.prompt(cache, 3, 2);
    refuse(samples.matrix(2, 32), samples.matrix(2, 31), two, shape);
    refuse(samples.matrix(2, 33), samples.matrix(2, 32), two, shape);
    refuse(samples.matrix(3, 32), samples.matrix(2, 32), two, shape);
    refuse(samples.matrix(3, 32), samples.matrix(3, 32), two, shape);
    refuse(samples.matrix(2, 32), samples.matrix(2, 32), two, AttentionShape.causal(4, 1, 8));
    refuse(samples.matrix(2, 64), samples.matrix(2, 64), two, AttentionShape.causal(4, 2, 16));
    refuse(samples.matrix(2, 32), samples.matrix(2, 32), Places.prompt(cache, 63, 2), shape);
    refuse(samples.matrix(2, 32), samples.matrix(2, 32), Places.prompt(cache, -1, 2), shape);
    refuse(samples.matrix(2, 32), samples.matrix(2, 32), two.seeing(4), shape);
    refuse(samples.matrix(2, 32), samples.matrix(2, 32), two.seeing(65), shape);
  }

  private void refuse(FloatMatrix out, FloatMatrix query, Places places, AttentionShape shape) {
    bench().checkRefused(
        new AttentionCase(out, query, places, shape), () -> Shapes.checkAttention(out, query, places, shape));
  }

  private void checkAttention(Samples samples, int heads, int kvHeads, int headDim, int length, int rows) {
    bench().check(attention(samples, heads, kvHeads, headDim, length, rows));
  }

  /** The last rows of a sequence of that length. */
  private static AttentionCase attention(Samples samples, int heads, int kvHeads, int headDim, int length, int rows) {
    SampleCache cache = SampleCache.contiguous(kvHeads, headDim, length);
    Places places = Places.prompt(cache, length - rows, rows);
    return AttentionCase.of(samples, places, AttentionShape.causal(heads, kvHeads, headDim));
  }

  private static void scale(FloatMatrix matrix, float factor) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int c = 0; c < matrix.cols(); c++) {
        matrix.data()[matrix.index(r) + c] *= factor;
      }
    }
  }
}
