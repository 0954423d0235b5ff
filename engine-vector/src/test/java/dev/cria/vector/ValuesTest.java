package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The weighted sum of values and its combination with earlier blocks, for heads of any size. */
class ValuesTest {

  private static final int BLOCK = 64;

  /** Sizes of heads around the multiples of one, two and four vectors of every width. */
  private static final int[] HEAD_DIMS = {1, 2, 3, 4, 6, 7, 8, 9, 15, 16, 17, 20, 31, 32, 33, 47, 48, 63, 64, 65, 80,
      96,
      127, 128, 129};

  private static final int[][] PARTS = {{0, 0}, {0, 63}, {63, 63}, {5, 5}, {5, 40}, {17, 63}};

  /** Values position by position; those of invisible positions are NaN. */
  private static MemorySegment memory(float[] values, int headDim, int from, int to) {
    MemorySegment memory = Arena.ofAuto().allocate((long) BLOCK * headDim * Float.BYTES, 64);
    for (int i = 0; i < BLOCK * headDim; i++) {
      int t = i / headDim;
      memory.set(PlainFloats.FLOAT, (long) i * Float.BYTES, t < from || t > to ? Float.NaN : values[i]);
    }
    return memory;
  }

  @Test void sum_anyHeadAndPart_addsPositionsInAscendingOrder() {
    for (int headDim : HEAD_DIMS) {
      float[] values = Numbers.random(headDim, BLOCK * headDim);
      float[] weights = Numbers.random(-headDim, BLOCK);
      for (int[] part : PARTS) {
        float[] scratch = new float[Scratch.sum(headDim, 1)];
        Arrays.fill(scratch, Float.NaN);
        System.arraycopy(weights, 0, scratch, Scratch.weights(0), BLOCK);
        Values.sum(memory(values, headDim, part[0], part[1]), 0, headDim, part[0], part[1], scratch,
            Scratch.weights(0), Scratch.sum(headDim, 0));
        float[] expected = new float[headDim];
        for (int i = 0; i < headDim; i++) {
          for (int t = part[0]; t <= part[1]; t++) {
            expected[i] = Math.fma(weights[t], values[t * headDim + i], expected[i]);
          }
        }
        assertThat(Numbers.bits(scratch, Scratch.sum(headDim, 0), headDim))
            .as("headDim %d, positions %d .. %d", headDim, part[0], part[1]).isEqualTo(Numbers.bits(expected));
      }
    }
  }

  @Test void combine_anyHead_writesItsElementsAlone() {
    for (int headDim : HEAD_DIMS) {
      float[] scratch = Numbers.random(1, Scratch.sum(headDim, 1));
      float[] out = Numbers.random(2, headDim + 6);
      float[] expected = out.clone();
      for (int i = 0; i < headDim; i++) {
        expected[3 + i] = Math.fma(out[3 + i], 0.3f, scratch[Scratch.sum(headDim, 0) + i] * 0.7f);
      }
      Values.combine(out, 3, headDim, 0.3f, scratch, Scratch.sum(headDim, 0), 0.7f);
      assertThat(Numbers.bits(out)).as("headDim %d", headDim).isEqualTo(Numbers.bits(expected));
    }
  }

  @Test void divide_anyHead_writesItsElementsAlone() {
    for (int headDim : HEAD_DIMS) {
      float[] out = Numbers.random(3, headDim + 6);
      float[] expected = out.clone();
      for (int i = 0; i < headDim; i++) {
        expected[3 + i] = out[3 + i] / 1.7f;
      }
      Values.divide(out, 3, headDim, 1.7f);
      assertThat(Numbers.bits(out)).as("headDim %d", headDim).isEqualTo(Numbers.bits(expected));
    }
  }
}
