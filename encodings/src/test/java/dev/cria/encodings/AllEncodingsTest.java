package dev.cria.encodings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every encoding. */
final class AllEncodingsTest {

  private static final int COUNT = 1024;

  /** Root mean square of the error relative to that of normally distributed numbers: what each may lose at most. */
  private static final Map<String, Double> WORST = Map.ofEntries(
      Map.entry("f32", 0.0), Map.entry("f16", 3e-4), Map.entry("bf16", 2.5e-3), Map.entry("q8_0", 0.006),
      Map.entry("q6_k", 0.02), Map.entry("q5_k", 0.04), Map.entry("q5_0", 0.045), Map.entry("q5_1", 0.042),
      Map.entry("q4_k", 0.075), Map.entry("q4_0", 0.095), Map.entry("q4_1", 0.09), Map.entry("iq4_nl", 0.08),
      Map.entry("iq4_xs", 0.08), Map.entry("q3_k", 0.16), Map.entry("q2_k", 0.32), Map.entry("int8-4", 0.005),
      Map.entry("int8-32", 0.006), Map.entry("int8-64", 0.006), Map.entry("int8-512", 0.008));

  static List<Encoding> all() {
    return Blocks.all();
  }

  @Test void providers_onTheClassPath_areAllOfGguf() {
    var encodings = Providers.load("encoding", Encoding.class, getClass().getClassLoader());
    assertThat(encodings.broken()).isEmpty();
    assertThat(encodings.found()).extracting(found -> found.provider().name()).containsExactlyInAnyOrder("f32", "f16",
        "bf16", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "iq4_nl", "iq4_xs");
  }

  @ParameterizedTest
  @MethodSource("all") void roundTrip_normalNumbers_losesNoMoreThanItsBits(Encoding encoding) {
    float[] values = Blocks.normal(20_261_124, 4 * COUNT);
    float[] back = Blocks.decode(encoding, Blocks.encode(encoding, values));
    double error = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      error += Math.pow((double) back[i] - values[i], 2);
      total += Math.pow(values[i], 2);
    }
    double worst = Objects.requireNonNull(WORST.get(encoding.name()), encoding.name());
    assertThat(Math.sqrt(error / total)).as("relative error of %s", encoding.name()).isBetween(worst / 2, worst);
  }

  @ParameterizedTest
  @MethodSource("all") void roundTrip_zeros_areZeros(Encoding encoding) {
    for (float back : Blocks.decode(encoding, Blocks.encode(encoding, new float[COUNT]))) {
      assertThat(back).as(encoding.name()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("all") void roundTrip_constants_stayNear(Encoding encoding) {
    for (float value : new float[]{1, -1, 0.37f, -100}) {
      float[] values = new float[COUNT];
      Arrays.fill(values, value);
      for (float back : Blocks.decode(encoding, Blocks.encode(encoding, values))) {
        assertThat(Math.abs(back - value)).as("%s in %s became %s", value, encoding.name(), back)
            .isLessThanOrEqualTo(0.16f * Math.abs(value));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all") void encode_atAnOffset_writesItsBlocksAlone(Encoding encoding) {
    int size = encoding.blockSize();
    float[] values = Blocks.normal(1, 3 * size + 2);
    byte[] alone = Blocks.encode(encoding, Arrays.copyOfRange(values, 1, 1 + 2 * size));
    byte[] out = new byte[alone.length + 8];
    Arrays.fill(out, (byte) 0x5A);
    encoding.encode(values, 1, MemorySegment.ofArray(out), 5, 2 * size);
    byte[] expected = new byte[out.length];
    Arrays.fill(expected, (byte) 0x5A);
    System.arraycopy(alone, 0, expected, 5, alone.length);
    assertThat(out).as(encoding.name()).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("all") void decode_atAnOffset_writesItsElementsAlone(Encoding encoding) {
    int size = encoding.blockSize();
    byte[] blocks = Blocks.encode(encoding, Blocks.normal(1, 3 * size));
    float[] all = Blocks.decode(encoding, blocks);
    float[] out = new float[size + 2];
    Arrays.fill(out, 77);
    encoding.decode(MemorySegment.ofArray(blocks), encoding.blockBytes(), out, 1, size);
    assertThat(out[0]).isEqualTo(77);
    assertThat(out[size + 1]).isEqualTo(77);
    assertThat(Arrays.copyOfRange(out, 1, size + 1)).as(encoding.name())
        .containsExactly(Arrays.copyOfRange(all, size, 2 * size));
  }

  @ParameterizedTest
  @MethodSource("all") void decodeGroups_anyBytes_reachBothEndsOfTheRangeOfLevels(Encoding encoding) {
    if (!(encoding instanceof ScaledEncoding scaled)) {
      return;
    }
    int count = Encoding.MAX_BLOCK_SIZE / scaled.blockSize() * scaled.blockSize();
    float[] out = new float[3 * count];
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (int seed = 0; seed < 20; seed++) {
      scaled.decodeGroups(
          MemorySegment.ofArray(Blocks.random(seed, (int) scaled.rowBytes(count))), 0, out, 0, count);
      lowest = Math.min(lowest, Extremes.min(out, 0, count));
      highest = Math.max(highest, Extremes.max(out, 0, count));
    }
    assertThat(lowest).as(scaled.name()).isEqualTo(scaled.lowestLevel());
    assertThat(highest).as(scaled.name()).isEqualTo(scaled.highestLevel());
  }

  @ParameterizedTest
  @MethodSource("all") void decode_pastTheEnd_isRefused(Encoding encoding) {
    int size = encoding.blockSize();
    MemorySegment memory = MemorySegment.ofArray(new byte[2 * encoding.blockBytes() - 1]);
    assertThatThrownBy(() -> encoding.decode(memory, 0, new float[2 * size], 0, 2 * size)).as(encoding.name())
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("all") void decodeGroups_anyBlocks_giveLevelsWhoseElementsAreThoseOfDecode(Encoding encoding) {
    if (!(encoding instanceof ScaledEncoding scaled)) {
      return;
    }
    int count = 3 * scaled.blockSize();
    int groups = count / scaled.groupSize();
    byte[] blocks = Blocks.encode(scaled, Blocks.normal(3, count));
    float[] elements = Blocks.decode(scaled, blocks);
    int used = count + (scaled.hasMinimum() ? 2 : 1) * groups;
    float[] out = new float[used + 2];
    Arrays.fill(out, 77);
    scaled.decodeGroups(MemorySegment.ofArray(blocks), 0, out, 1, count);
    assertThat(out[0]).isEqualTo(77);
    assertThat(out[used + 1]).as("after the last").isEqualTo(77);
    for (int k = 0; k < count; k++) {
      float level = out[1 + k];
      float scale = out[1 + count + k / scaled.groupSize()];
      float minimum = scaled.hasMinimum() ? out[1 + count + groups + k / scaled.groupSize()] : 0;
      float element = scaled.hasMinimum() ? Math.fma(scale, level, -minimum) : scale * level;
      assertThat(elements[k]).as("element %d of %s", k, scaled.name()).isEqualTo(element);
      assertThat(level).as("level %d of %s", k, scaled.name()).isEqualTo((int) level)
          .isBetween((float) scaled.lowestLevel(), (float) scaled.highestLevel());
    }
  }

  @ParameterizedTest
  @MethodSource("all") void decodeFactors_anyBytes_givesWhatScalesAreProductsOf(Encoding encoding) {
    if (!(encoding instanceof ScaledEncoding scaled) || !scaled.scalesAreProducts()) {
      assertThat(encoding.name()).as("those with a float of the block").doesNotEndWith("_k").isNotEqualTo("iq4_xs");
      return;
    }
    int count = 2 * scaled.blockSize();
    int factors = (scaled.hasMinimum() ? 2 : 1) * (count / scaled.groupSize());
    MemorySegment blocks = MemorySegment.ofArray(Blocks.random(7, (int) scaled.rowBytes(count)));
    float[] out = new float[count + factors];
    scaled.decodeGroups(blocks, 0, out, 0, count);
    assertProducts(scaled, blocks, count, Arrays.copyOfRange(out, count, out.length));
  }

  private static void assertProducts(ScaledEncoding encoding, MemorySegment blocks, int count, float[] scales) {
    int groups = count / encoding.groupSize();
    int perBlock = encoding.blockSize() / encoding.groupSize();
    int kinds = scales.length / groups;
    int used = scales.length + kinds * (count / encoding.blockSize());
    float[] out = new float[used + 2];
    Arrays.fill(out, 77);
    encoding.decodeFactors(blocks, 0, out, 1, count);
    assertThat(out[0]).isEqualTo(77);
    assertThat(out[used + 1]).as("after the last").isEqualTo(77);
    for (int i = 0; i < scales.length; i++) {
      float integer = out[1 + i];
      float ofBlock = out[1 + scales.length + i / groups * (count / encoding.blockSize()) + i % groups / perBlock];
      assertThat(integer).as("%s, integer %d", encoding.name(), i).isEqualTo((int) integer).isBetween(-128f, 127f);
      assertThat(ofBlock * integer).as("%s, scale %d", encoding.name(), i).isEqualTo(Float.valueOf(scales[i]));
    }
  }

  @ParameterizedTest
  @MethodSource("all") void decodeFactors_ofScalesThatAreNoProducts_isRefused(Encoding encoding) {
    if (!(encoding instanceof ScaledEncoding scaled) || scaled.scalesAreProducts()) {
      return;
    }
    MemorySegment block = MemorySegment.ofArray(new byte[scaled.blockBytes()]);
    assertThatThrownBy(() -> scaled.decodeFactors(block, 0, new float[9], 0, scaled.blockSize()))
        .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining(scaled.name())
        .hasMessageContaining("not products");
  }
}
