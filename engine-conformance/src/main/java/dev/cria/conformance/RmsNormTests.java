package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Shapes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What {@code rmsNorm} must do. */
abstract class RmsNormTests extends EmbedTests {

  private static final float EPSILON = 1e-5f;

  @Test void rmsNorm_ofAnyWidth_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      bench().check(
          new RmsNormCase(samples.matrix(3, width), samples.matrix(3, width), samples.floats(width), EPSILON));
    }
  }

  @Test void rmsNorm_ofSpreadMagnitudes_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      FloatMatrix x = Samples.view(samples.spread(2 * width), 2, width, width);
      bench().check(new RmsNormCase(samples.matrix(2, width), x, samples.spread(width), EPSILON));
    }
  }

  @Test void rmsNorm_ofRowsWithGaps_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      bench().check(
          new RmsNormCase(samples.strided(4, width), samples.strided(4, width), samples.floats(width), EPSILON));
    }
  }

  @Test void rmsNorm_inPlace_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      bench().check(RmsNormCase.inPlace(samples.strided(3, width), samples.floats(width), EPSILON));
    }
  }

  @Test void rmsNorm_perHead_matchesSpecification() {
    for (int headDim : new int[]{1, 6, 8, 64, 80, 128}) {
      Samples samples = new Samples(headDim);
      FloatMatrix heads = samples.matrix(3, 5 * headDim).split(headDim);
      bench().check(RmsNormCase.inPlace(heads, samples.floats(headDim), 1e-6f));
    }
  }

  @Test void rmsNorm_ofTinyValues_isRuledByEpsilon() {
    for (float value : new float[]{0f, -0f, Float.MIN_VALUE, Float.MIN_NORMAL, 1e-6f}) {
      float[] row = new float[33];
      Arrays.fill(row, value);
      Samples samples = new Samples(1);
      FloatMatrix x = Samples.view(row, 1, 33, 33);
      bench().check(new RmsNormCase(samples.matrix(1, 33), x, samples.floats(33), 1e-6f));
    }
  }

  @Test void rmsNorm_ofLargeValues_matchesSpecification() {
    Samples samples = new Samples(1);
    float[] row = samples.floats(65);
    for (int i = 0; i < row.length; i++) {
      row[i] *= 1e17f; // its square fits
    }
    FloatMatrix x = Samples.view(row, 1, 65, 65);
    bench().check(new RmsNormCase(samples.matrix(1, 65), x, samples.floats(65), EPSILON));
  }

  @Test void rmsNorm_ofNaN_spoilsItsRowAlone() {
    Samples samples = new Samples(1);
    FloatMatrix x = samples.strided(3, 37);
    x.data()[x.index(1) + 36] = Float.NaN;
    bench().check(new RmsNormCase(samples.strided(3, 37), x, samples.floats(37), EPSILON));
  }

  @Test void rmsNorm_ofInfinity_isNaNThereAndZeroElsewhere() {
    Samples samples = new Samples(1);
    FloatMatrix x = samples.matrix(2, 20);
    x.data()[x.index(0) + 17] = Float.NEGATIVE_INFINITY;
    FloatMatrix out = samples.matrix(2, 20);
    Case c = new RmsNormCase(out, x, samples.floats(20), EPSILON);
    bench().outcome(c, 1, Float.NaN);
    for (int i = 0; i < 20; i++) {
      float value = out.data()[out.index(0) + i];
      assertThat(i == 17 ? Float.isNaN(value) : value == 0).as("element %d is %s", i, value).isTrue();
    }
  }

  @Test void rmsNorm_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    FloatMatrix x = samples.matrix(3, 24);
    refuse(samples.matrix(2, 24), x, samples.floats(24), EPSILON);
    refuse(samples.matrix(3, 23), x, samples.floats(24), EPSILON);
    refuse(samples.matrix(3, 24), x, samples.floats(23), EPSILON);
    refuse(samples.matrix(3, 24), x, samples.floats(25), EPSILON);
    for (float epsilon : new float[]{0, -EPSILON, Float.NaN}) {
      refuse(samples.matrix(3, 24), x, samples.floats(24), epsilon);
    }
  }

  private void refuse(FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    bench().checkRefused(new RmsNormCase(out, x, gain, epsilon), () -> Shapes.checkRmsNorm(out, x, gain, epsilon));
  }
}
