package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle against numbers that are known, and the bounds against being so wide that they mean nothing. */
final class SpecificationTest {

  private final Specification exact = new Specification(Arithmetic.FLOAT64);

  @Test void exp_ofBinary32_isRightToOneUnitInTheLastPlace() {
    for (float x = -87; x <= 88.7f; x += 0.0371f) {
      double right = Math.exp(x);
      assertThat(Math.abs(Arithmetic.FLOAT32.exp(x) - right) / Math.ulp((float) right)).as("exp(%s), in ulp", x)
          .isLessThan(1);
    }
  }

  @Test void exp_atItsEnds_isZeroAndInfinity() {
    assertThat(Arithmetic.FLOAT32.exp(0)).isEqualTo(1);
    assertThat(Arithmetic.FLOAT32.exp(-0.0)).isEqualTo(1);
    assertThat(Arithmetic.FLOAT32.exp(-87.00001f)).isZero();
    assertThat(Arithmetic.FLOAT32.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Arithmetic.FLOAT32.exp(88.7229f)).isInfinite();
    assertThat(Arithmetic.FLOAT32.exp(Double.NaN)).isNaN();
    assertThat(Arithmetic.FLOAT32.exp(0x1.62e42ep6)).isFinite();
  }

  @Test void sum_inSixteenStripes_isFoldedAsWritten() {
    float[] x = new float[33];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
    }
    double r = exact.inverseRootMeanSquare(x, 0, 33, 1e-30f, new double[Specification.STRIPES]);
    assertThat(r).isCloseTo(1 / Math.sqrt(33 * 34 * 67 / 6.0 / 33), org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test void gate_ofKnownValues_isThatOfTheFormulas() {
    assertThat(exact.gate(Gate.SILU, 1)).isEqualTo(1 / (1 + Math.exp(-1)));
    for (double v : new double[]{-3, -1, -0.1, 0, 0.5, 2}) {
      double u = Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v);
      assertThat(exact.gate(Gate.GELU, v)).as("gelu(%s)", v)
          .isCloseTo(0.5 * v * (1 + Math.tanh(u)), org.assertj.core.data.Offset.offset(2e-7));
    }
    assertThat(exact.tanh(0.7)).isCloseTo(Math.tanh(0.7), org.assertj.core.data.Offset.offset(1e-15));
  }

  @Test void rotation_byAKnownAngle_turnsThePair() {
    assertThat(exact.rotatedFirst(1, 0, 0.6, 0.8)).isEqualTo(0.6);
    assertThat(exact.rotatedSecond(1, 0, 0.6, 0.8)).isEqualTo(0.8);
    assertThat(exact.rotatedFirst(0, 1, 0.6, 0.8)).isEqualTo(-0.8);
    assertThat(exact.rotatedSecond(0, 1, 0.6, 0.8)).isEqualTo(0.6);
  }

  @Test void bounds_ofOrdinaryOperands_areNarrow() {
    Samples samples = new Samples(5);
    assertNarrow(MatmulCase.of(samples, FusedMatmul.of(samples.weights("w", 8, 288, Encodings.F32)),
        samples.matrix(2, 288)), 1e-3);
    List<WeightMatrix> w = MatmulTests.fused(samples, 8, 8);
    assertNarrow(MatmulCase.of(samples, FusedMatmul.gated(Gate.GELU, w.getFirst(), w.getLast()),
        samples.matrix(2, 48)), 1e-3);
    assertNarrow(new RmsNormCase(samples.matrix(2, 288), samples.matrix(2, 288), samples.floats(288), 1e-5f), 1e-4);
    Places places = Places.prompt(SampleCache.contiguous(2, 16, 130), 128, 2);
    assertNarrow(AttentionCase.of(samples, places, AttentionShape.causal(4, 2, 16)), 1e-3);
  }

  @Test void encodings_ofTheKit_decodeGroupsAsTheyDecode() {
    Samples samples = new Samples(3);
    for (var encoding : List.of(Encodings.SCALED, Encodings.SCALED_WITH_MINIMUM)) {
      WeightMatrix w = samples.weights("w", 2, 48, encoding);
      float[] decoded = new float[48];
      encoding.decode(w.data(), encoding.rowBytes(48), decoded, 0, 48);
      WeightRow row = new WeightRow().read(w, 1);
      Specification rounded = new Specification(Arithmetic.FLOAT32);
      for (int k = 0; k < 48; k++) {
        assertThat(rounded.element(row, k)).as("%s element %d", encoding.name(), k).isEqualTo(decoded[k]);
      }
    }
  }

  private static void assertNarrow(Case c, double largest) {
    for (Expected expected : c.expected(new OracleKernel())) {
      double magnitude = 0;
      double bound = 0;
      for (int i = 0; i < expected.exact().length; i++) {
        magnitude = Math.max(magnitude, Math.abs(expected.exact()[i]));
        bound = Math.max(bound, expected.bound()[i]);
      }
      assertThat(bound / magnitude).as("largest bound relative to the largest value").isPositive().isLessThan(largest);
    }
  }

  @Test void canary_besideAView_isOutside() {
    FloatMatrix view = new Samples(1).strided(2, 3);
    Output output = Output.of("out", view);
    assertThat(output.inside(view.index(1) + 2)).isTrue();
    assertThat(output.inside(view.index(1) + 3)).isFalse();
    assertThat(output.inside(view.index(0) - 1)).isFalse();
    assertThat(output.inside(view.index(1) + view.stride())).isFalse();
  }
}
