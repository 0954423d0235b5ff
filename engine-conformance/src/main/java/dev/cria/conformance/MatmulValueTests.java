package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code matmul} must do with extreme values and wrong arguments, and what {@code prepare} must. */
abstract class MatmulValueTests extends MatmulTests {

  @Test void matmul_ofSpreadMagnitudes_matchesSpecification() {
    for (int cols : SIZES) {
      Samples samples = new Samples(cols);
      WeightMatrix w = Samples.weights("w", 5, cols, Encodings.F32, samples.spread(5 * cols));
      checkPlainAndPrepared(samples, FusedMatmul.of(w), 2);
    }
  }

  @Test void matmul_ofSignedZeros_matchesSpecification() {
    for (float zero : new float[]{0f, -0f}) {
      float[] values = new float[5 * 9];
      Arrays.fill(values, zero);
      checkPlainAndPrepared(new Samples(1), FusedMatmul.of(Samples.weights("w", 5, 9, Encodings.F32, values)), 2);
    }
  }

  @Test void matmul_ofSubnormalNumbers_keepsThem() {
    float[] values = new float[17 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 7 + 1) * Float.MIN_VALUE * (i % 2 == 0 ? 1 : -1);
    }
    WeightMatrix w = Samples.weights("w", 17, 3, Encodings.F32, values);
    FloatMatrix x = Samples.view(new float[]{1, 2, 4}, 1, 3, 3);
    for (FusedMatmul given : List.of(FusedMatmul.of(w), bench().prepared(FusedMatmul.of(w)))) {
      FloatMatrix out = new Samples(1).matrix(1, 17);
      bench().outcome(new MatmulCase(List.of(out), given, FusedMatmul.of(w), x), 1, Float.NaN);
      for (int row = 0; row < 17; row++) {
        float sum = values[3 * row] + 2 * values[3 * row + 1] + 4 * values[3 * row + 2]; // exact, in any order
        assertThat(out.data()[out.offset() + row]).as("row %d", row).isEqualTo(sum);
      }
    }
  }

  @Test void matmul_ofTooLargeNumbers_overflowsToInfinity() {
    float[] values = new float[9 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 4 % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
    }
    WeightMatrix w = Samples.weights("w", 9, 4, Encodings.F32, values);
    FloatMatrix x = Samples.view(new float[]{2, 2, 2, 2}, 1, 4, 4);
    FloatMatrix out = new Samples(1).matrix(1, 9);
    for (FusedMatmul given : List.of(FusedMatmul.of(w), bench().prepared(FusedMatmul.of(w)))) {
      bench().outcome(new MatmulCase(List.of(out), given, FusedMatmul.of(w), x), 1, Float.NaN);
      for (int row = 0; row < 9; row++) {
        assertThat(out.data()[out.offset() + row]).as("row %d", row)
            .isEqualTo(row % 2 == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
      }
    }
  }

  @Test void matmul_ofNaNInOneToken_spoilsThatTokenAlone() {
    Samples samples = new Samples(1);
    FusedMatmul product = FusedMatmul.of(samples.weights("w", 67, 21, Encodings.F32));
    FloatMatrix x = samples.strided(5, 21);
    x.data()[x.index(2) + 20] = Float.NaN;
    bench().check(MatmulCase.of(samples, product, x));
    bench().check(MatmulCase.of(samples, bench().prepared(product), product, x));
  }

  @Test void matmul_ofNaNAndInfinityInSomeRows_spoilsThoseOutputsAlone() {
    Samples samples = new Samples(1);
    float[] values = samples.floats(67 * 21);
    values[3 * 21 + 20] = Float.NaN;
    values[64 * 21] = Float.POSITIVE_INFINITY;
    values[66 * 21 + 7] = Float.NEGATIVE_INFINITY;
    values[66 * 21 + 8] = 0;
    FusedMatmul product = FusedMatmul.of(Samples.weights("w", 67, 21, Encodings.F32, values));
    checkPlainAndPrepared(samples, product, 2);
  }

  @Test void matmul_gatedBySaturatedValues_matchesSpecification() {
    for (Gate gate : Gate.values()) {
      float[] values = {0, -0f, 1e-30f, 1, -1, 20, -20, 80, -80, 86.9f, -86.9f, 87.1f, -87.1f, 88.7f, -88.7f, 89, -89,
          500, -500, 3e18f, -3e18f};
      float[] ones = new float[values.length];
      Arrays.fill(ones, 1);
      Samples samples = new Samples(1);
      FusedMatmul product = FusedMatmul.gated(gate, Samples.weights("gate", values.length, 1, Encodings.F32, values),
          Samples.weights("up", values.length, 1, Encodings.F32, ones));
      FloatMatrix x = Samples.view(new float[]{1}, 1, 1, 1);
      KernelFeature[] needed = gate == Gate.GELU ? new KernelFeature[]{KernelFeature.GELU} : new KernelFeature[0];
      bench().check(MatmulCase.of(samples, product, x), needed);
      bench().check(MatmulCase.of(samples, bench().prepared(product), product, x), needed);
    }
  }

  @Test void matmul_ofRoundedActivations_matchesSpecificationForAnyValues() {
    for (Encoding encoding : encodings()) {
      if (kernel().roundsActivations(encoding)) {
        int cols = 2 * encoding.blockSize();
        Samples samples = new Samples(cols);
        FusedMatmul product = FusedMatmul.of(samples.weights("w", 67, cols, encoding));
        for (FloatMatrix x : List.of(zerosAndHalves(cols), samples.strided(5, cols), subnormal(cols))) {
          bench().check(MatmulCase.of(samples, product, x));
          bench().check(MatmulCase.of(samples, bench().prepared(product), product, x));
        }
      }
    }
  }

  /** A group of zeros of either sign, then integers and halves whose largest is 127, so that halves are rounded. */
  private static FloatMatrix zerosAndHalves(int cols) {
    float[] values = new float[2 * cols];
    for (int k = 0; k < cols; k++) {
      values[k] = k < cols / 2 ? k % 2 * -0f : (k % 254 - 127) * 0.5f;
      values[cols + k] = k % 64 == 0 ? 127 : (k % 254 - 126.5f) * (k % 3 - 1);
    }
    return Samples.view(values, 2, cols, cols);
  }

  /** Numbers so small that a 127th of the largest is no normal number, or zero. */
  private static FloatMatrix subnormal(int cols) {
    float[] values = new float[2 * cols];
    for (int k = 0; k < cols; k++) {
      values[k] = (k % 191 - 95) * 2 * Float.MIN_VALUE;
      values[cols + k] = (k % 3 - 1) * Float.MIN_VALUE;
    }
    return Samples.view(values, 2, cols, cols);
  }

  @Test void matmul_ofNaNInRoundedActivations_spoilsThatTokenAlone() {
    for (Encoding encoding : encodings()) {
      if (kernel().roundsActivations(encoding)) {
        Samples samples = new Samples(1);
        int cols = 2 * encoding.blockSize();
        FusedMatmul product = FusedMatmul.of(samples.weights("w", 67, cols, encoding));
        FloatMatrix x = samples.strided(5, cols);
        x.data()[x.index(2) + 1] = Float.NaN;
        x.data()[x.index(3) + cols - 1] = Float.NEGATIVE_INFINITY;
        bench().check(MatmulCase.of(samples, product, x));
        bench().check(MatmulCase.of(samples, bench().prepared(product), product, x));
      }
    }
  }

  @Test void matmul_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    FusedMatmul two = new FusedMatmul(fused(samples, 65, 17), new Epilogue.None());
    FloatMatrix x = samples.matrix(3, two.cols());
    refuse(List.of(samples.matrix(3, 65), samples.matrix(3, 17)), two, samples.matrix(3, two.cols() - 1));
    refuse(List.of(samples.matrix(3, 65), samples.matrix(3, 17)), two, samples.matrix(3, two.cols() + 1));
    refuse(List.of(samples.matrix(3, 65)), two, x);
    refuse(List.of(samples.matrix(3, 65), samples.matrix(3, 17), samples.matrix(3, 17)), two, x);
    refuse(List.of(samples.matrix(3, 65), samples.matrix(3, 18)), two, x);
    refuse(List.of(samples.matrix(3, 64), samples.matrix(3, 17)), two, x);
    refuse(List.of(samples.matrix(3, 65), samples.matrix(2, 17)), two, x);
    refuse(List.of(samples.matrix(4, 65), samples.matrix(4, 17)), bench().prepared(two), x);
  }

  private void refuse(List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    bench().checkRefused(new MatmulCase(out, product, product, x), () -> Shapes.checkMatmul(out, product, x));
  }

  @Test void prepare_byAnyNumberOfWorkers_givesTheSameBytes() {
    Samples samples = new Samples(1);
    for (int rows : new int[]{1, 63, 64, 65, 207}) {
      WeightMatrix w = samples.weights("w", rows, 67, Encodings.F32);
      for (int workers : new int[]{2, 3, 8}) {
        assertThat(bench().prepared(w, workers).data().mismatch(bench().prepared(w, 1).data()))
            .as("first byte of (%d, 67) that %d workers make different", rows, workers).isEqualTo(-1);
      }
    }
  }

  @Test void prepare_ofWrongMatrices_isRefused() {
    Samples samples = new Samples(1);
    WeightMatrix w = samples.weights("w", 65, 24, Encodings.F32);
    WeightLayout layout = kernel().preferredLayout(65, 24, Encodings.F32);
    WeightMatrix taller = bench().unprepared(samples.weights("w", 66, 24, Encodings.F32), layout);
    WeightMatrix wider = bench().unprepared(samples.weights("w", 65, 25, Encodings.F32), layout);
    for (WeightMatrix out : List.of(taller, wider)) {
      Scratch scratch = bench().scratch(new KernelLimits(1, 66, 1, 1, 1, 1), Float.NaN);
      assertThatThrownBy(() -> Team.runAtOnce(scratch, worker -> kernel().prepare(worker, out, w)))
          .as("prepare of (65, 24) into %s", out.shape()).isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("prepare: ");
    }
  }
}
