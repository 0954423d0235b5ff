package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.Shapes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code storeKv} must do, and {@code attention} over caches of every kind. */
abstract class CacheTests extends AttentionTests {

  @Test void storeKv_ofOneRow_copiesItToItsPlace() {
    for (int headDim : new int[]{1, 6, 8, 16, 17, 64}) {
      for (int position : new int[]{0, 1, 15, 16, 63, 64, 129}) {
        Samples samples = new Samples(position);
        SampleCache cache = SampleCache.contiguous(3, headDim, 130);
        bench().check(store(samples, Places.prompt(cache, position, 1)));
      }
    }
  }

  @Test void storeKv_ofPrompt_copiesEveryRow() {
    for (int rows : new int[]{2, 16, 64, 67}) {
      Samples samples = new Samples(rows);
      bench().check(store(samples, Places.prompt(SampleCache.contiguous(2, 8, 130), 61, rows)));
    }
  }

  @Test void storeKv_intoPagesOfSeveralSequences_copiesEveryRow() {
    for (int blockSize : new int[]{64, 128}) {
      Samples samples = new Samples(blockSize);
      SampleCache first = new SampleCache(2, 8, 4, blockSize, Encodings.F32, KeyLayout.BY_DIM);
      SampleCache second = first.fork();
      Places places = Places.oneEach(
          List.of(first, second, first, second), List.of(blockSize - 1, blockSize, 3 * blockSize, 4 * blockSize - 1));
      bench().check(store(samples, places));
    }
  }

  @Test void attention_ofOneRowOverManyPages_matchesSpecification() {
    for (int length : new int[]{255, 256, 257, 320, 513, 600}) {
      checkPages(length, 4, 2, 8, AttentionShape.UNLIMITED);
    }
    for (int headDim : new int[]{1, 15, 17, 34, 48, 64, 80, 128, 256}) {
      checkPages(400, 2, 1, headDim, AttentionShape.UNLIMITED);
    }
    for (int[] heads : new int[][]{{1, 1}, {7, 7}, {6, 2}, {16, 1}, {20, 1}}) {
      checkPages(400, heads[0], heads[1], 8, AttentionShape.UNLIMITED);
    }
  }

  @Test void attention_ofOneRowOverManyPagesWithWindow_seesThatManyPositions() {
    for (int window : new int[]{255, 256, 257, 300, 320, 321, 500}) {
      checkPages(600, 4, 2, 8, window);
    }
  }

  @Test void attention_ofOneRowOverManyPages_isSpoiltByNaNWhereItIsSeen() {
    for (int position : new int[]{0, 70, 200, 255, 256, 399}) {
      SampleCache cache = pages(2, 8);
      Places places = Places.prompt(cache, 399, 1);
      AttentionCase c = AttentionCase.of(new Samples(position), places, AttentionShape.causal(4, 2, 8));
      float[] nan = new float[8];
      nan[3] = Float.NaN;
      CacheAccess.writeValue(cache, 1, position, nan, 0);
      CacheAccess.writeKey(cache, 0, position, nan, 0);
      bench().check(new AttentionCase(c.view(), c.query(), places, c.shape()));
    }
  }

  private void checkPages(int length, int heads, int kvHeads, int headDim, int window) {
    Places places = Places.prompt(pages(kvHeads, headDim), length - 1, 1);
    AttentionShape shape = new AttentionShape(heads, kvHeads, headDim, 0.35f, true, window, 0);
    AttentionCase c = AttentionCase.of(new Samples(length + headDim), places, shape);
    if (window == AttentionShape.UNLIMITED) {
      bench().check(c);
    } else {
      bench().check(c, KernelFeature.SLIDING_WINDOW);
    }
  }

  private static SampleCache pages(int kvHeads, int headDim) {
    return new SampleCache(kvHeads, headDim, 10, 64, Encodings.F32, KeyLayout.BY_DIM);
  }

  @Test void storeKv_ofExtremeValues_copiesEveryBit() {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, -1e-40f};
    SampleCache cache = SampleCache.contiguous(2, 4, 64);
    bench().check(
        new StoreKvCase(Places.prompt(cache, 9, 1), Samples.view(values, 1, 8, 8), Samples.view(values, 1, 8, 8)));
  }

  @Test void storeKv_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    SampleCache cache = SampleCache.contiguous(2, 8, 64);
    Places two = Places.prompt(cache, 3, 2);
    refuseStore(two, samples.matrix(3, 16), samples.matrix(2, 16));
    refuseStore(two, samples.matrix(2, 16), samples.matrix(1, 16));
    refuseStore(two, samples.matrix(2, 15), samples.matrix(2, 16));
    refuseStore(two, samples.matrix(2, 16), samples.matrix(2, 17));
    refuseStore(Places.prompt(cache, 63, 2), samples.matrix(2, 16), samples.matrix(2, 16));
    refuseStore(Places.prompt(cache, -1, 2), samples.matrix(2, 16), samples.matrix(2, 16));
  }

  private void refuseStore(Places places, FloatMatrix key, FloatMatrix value) {
    bench().checkRefused(new StoreKvCase(places, key, value), () -> Shapes.checkStoreKv(places, key, value));
  }

  @Test void attention_overPages_givesTheBitsOfAContiguousCache() {
    for (int blockSize : new int[]{64, 128}) {
      for (int position : new int[]{0, 63, 64, 127, 128, 200, 255}) {
        AttentionShape shape = AttentionShape.causal(4, 2, 8);
        SampleCache paged = new SampleCache(2, 8, 256 / blockSize, blockSize, Encodings.F32, KeyLayout.BY_DIM);
        AttentionCase overPages = AttentionCase.of(new Samples(position), Places.prompt(paged, position, 1), shape);
        bench().check(overPages);
        SampleCache contiguous = SampleCache.contiguous(2, 8, 256);
        AttentionCase overOne = AttentionCase.of(new Samples(position), Places.prompt(contiguous, position, 1), shape);
        Comparison.assertSameBits(overPages.out(), bench().outcome(overPages, 1, Float.NaN).getFirst(),
            bench().outcome(overOne, 1, Float.NaN).getFirst(), "one block");
      }
    }
  }

  @Test void attention_overSharedPages_readsEachRowsOwn() {
    Samples samples = new Samples(1);
    SampleCache first = new SampleCache(2, 8, 3, 64, Encodings.F32, KeyLayout.BY_DIM);
    SampleCache second = first.fork();
    Places places = Places.oneEach(List.of(first, second, second), List.of(150, 150, 70));
    bench().check(AttentionCase.of(samples, places, AttentionShape.causal(4, 2, 8)));
  }

  @Test void caches_ofF32_areTakenInSomeLayout() {
    assertThat(KeyLayout.values()).as("layouts of an F32 cache that caches() takes")
        .anyMatch(layout -> kernel().caches(Encodings.F32, layout));
  }

  @Test void caches_ofAnyEncodingAndLayout_workOrAreRefused() {
    for (Encoding encoding : encodings()) {
      for (KeyLayout layout : KeyLayout.values()) {
        if (layout == KeyLayout.BY_POSITION || encoding.blockSize() == 1) {
          checkCache(encoding, layout);
        }
      }
    }
  }

  private void checkCache(Encoding encoding, KeyLayout layout) {
    int headDim = 2 * Math.max(8, encoding.blockSize());
    Samples samples = new Samples(headDim);
    SampleCache stored = new SampleCache(2, headDim, 3, 64, encoding, layout);
    SampleCache filled = new SampleCache(2, headDim, 3, 64, encoding, layout);
    for (Case c : List.of(store(samples, Places.prompt(stored, 63, 2)),
        AttentionCase.of(samples, Places.prompt(filled, 120, 3), AttentionShape.causal(4, 2, headDim)))) {
      if (kernel().caches(encoding, layout)) {
        bench().check(c);
      } else {
        assertThatThrownBy(() -> bench().outcome(c, 1, Float.NaN))
            .as("a cache in %s %s, which caches() denies", encoding.name(), layout)
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(encoding.name());
        bench().assertNothingWritten(c);
      }
    }
  }

  static StoreKvCase store(Samples samples, Places places) {
    int width = places.cache(0).kvHeads() * places.cache(0).headDim();
    return new StoreKvCase(places, samples.strided(places.rows(), width), samples.strided(places.rows(), width));
  }
}
