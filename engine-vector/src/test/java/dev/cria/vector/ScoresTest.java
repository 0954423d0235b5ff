package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores, weights and their sum, for every part of a block that can be visible, against docs/NUMERICS.md. */
class ScoresTest {

  private static final int BLOCK = 64;
  private static final int HEAD_DIM = 5;
  private static final int QUERY_START = 3;
  private static final float SCALE = 0.4472136f;

  private final float[] query = Numbers.random(1, QUERY_START + HEAD_DIM);
  private final float[] keys = Numbers.random(2, HEAD_DIM * BLOCK); // (headDim, positions)

  /** Keys dim by dim, {@code step} floats apart, after 256 bytes of others; invisible positions and gaps hold NaN. */
  private MemorySegment memory(int step, int from, int to) {
    MemorySegment memory = Arena.ofAuto().allocate(256 + (long) HEAD_DIM * step * Float.BYTES, 64);
    for (long at = 0; at < memory.byteSize(); at += Float.BYTES) {
      memory.set(PlainFloats.FLOAT, at, Float.NaN);
    }
    for (int i = 0; i < HEAD_DIM; i++) {
      for (int t = from; t <= to; t++) {
        memory.set(PlainFloats.FLOAT, 256 + (long) (i * step + t) * Float.BYTES, keys[i * BLOCK + t]);
      }
    }
    return memory;
  }

  private float score(int t, float softCap) {
    float sum = 0f;
    for (int i = 0; i < HEAD_DIM; i++) {
      sum = Math.fma(query[QUERY_START + i], keys[i * BLOCK + t], sum);
    }
    float score = sum * SCALE;
    return softCap > 0 ? softCap * (1f - 2f / (Exp.exp(2f * (score / softCap)) + 1f)) : score;
  }

  /** Sixteen stripes and their tree. */
  private static float sum(float[] weights, int from, int to) {
    float[] stripes = new float[16];
    for (int t = from; t <= to; t++) {
      stripes[t % 16] += weights[t];
    }
    for (int width = 8; width >= 1; width /= 2) {
      for (int j = 0; j < width; j++) {
        stripes[j] += stripes[j + width];
      }
    }
    return stripes[0];
  }

  private void check(int step, int from, int to, float softCap) {
    float[] scratch = new float[Scratch.sum(HEAD_DIM, 1)];
    Arrays.fill(scratch, Float.NaN);
    Scores.products(memory(step, from, to), 256, step, query, QUERY_START, HEAD_DIM, from, to, scratch,
        Scratch.weights(0));
    float max = Scores.scale(scratch, Scratch.weights(0), from, to, SCALE, softCap);
    float[] weights = new float[BLOCK];
    float expectedMax = Float.NEGATIVE_INFINITY;
    for (int t = from; t <= to; t++) {
      weights[t] = score(t, softCap);
      expectedMax = Math.max(expectedMax, weights[t]);
    }
    assertThat(max).as("largest of %d .. %d", from, to).isEqualTo(expectedMax);
    for (int t = from; t <= to; t++) {
      weights[t] = Exp.exp(weights[t] - expectedMax);
    }
    float total = Scores.exponentiate(scratch, Scratch.weights(0), from, to, max);
    assertThat(Numbers.bits(scratch, Scratch.weights(0) + from, to - from + 1)).as("weights of %d .. %d", from, to)
        .isEqualTo(Numbers.bits(weights, from, to - from + 1));
    assertThat(total).as("sum of the weights of %d .. %d", from, to).isEqualTo(sum(weights, from, to));
  }

  @ParameterizedTest(name = "soft cap {0}")
  @ValueSource(floats = {0f, 2f}) void weights_everyPartOfABlock_areTheSpecifiedBits(float softCap) {
    for (int from = 0; from < BLOCK; from++) {
      for (int to = from; to < BLOCK; to++) {
        check(BLOCK, from, to, softCap);
      }
    }
  }

  @Test void weights_ofALargerBlock_stepOverItsOtherPositions() {
    for (int to : Numbers.COUNTS) {
      check(192, 0, to - 1, 0f);
    }
  }

  @Test void scale_visibleNaN_wins() {
    float[] scratch = new float[Scratch.weights(1)];
    scratch[Scratch.weights(0) + 9] = Float.NaN;
    assertThat(Scores.scale(scratch, Scratch.weights(0), 3, 20, 1f, 0f)).isNaN();
    assertThat(Scores.exponentiate(scratch, Scratch.weights(0), 3, 20, Float.NaN)).isNaN();
  }

  @Test void scale_invisibleNaN_isNotSeen() {
    float[] scratch = new float[Scratch.weights(1)];
    scratch[Scratch.weights(0) + 2] = Float.NaN;
    scratch[Scratch.weights(0) + 21] = Float.NaN;
    assertThat(Scores.scale(scratch, Scratch.weights(0), 3, 20, 1f, 0f)).isZero();
    assertThat(Scores.exponentiate(scratch, Scratch.weights(0), 3, 20, 0f)).isEqualTo(18f);
  }
}
