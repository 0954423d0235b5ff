package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.Shapes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What {@code exp} must do. */
abstract class ExpTests extends GemmTests {

  @Test void exp_ofAnyWidth_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      bench().check(new ExpCase(samples.matrix(3, width), samples.floats(3)), KernelFeature.EXP);
    }
  }

  @Test void exp_ofRowsWithGaps_matchesSpecification() {
    for (int width : SIZES) {
      Samples samples = new Samples(width);
      bench().check(new ExpCase(samples.strided(4, width), samples.floats(5)), KernelFeature.EXP);
    }
  }

  @Test void exp_ofDifferencesFarBelow_isZeroOrTiny() {
    float[] row = new float[37];
    for (int i = 0; i < row.length; i++) {
      row[i] = -3f * i;
    }
    row[36] = Float.NEGATIVE_INFINITY;
    bench().check(new ExpCase(Samples.view(row, 1, 37, 37), new float[]{0.5f}), KernelFeature.EXP);
  }

  @Test void exp_ofTheShiftItself_isOne() {
    float[] row = new float[19];
    Arrays.fill(row, 1e6f);
    bench().check(new ExpCase(Samples.view(row, 1, 19, 19), new float[]{1e6f}), KernelFeature.EXP);
  }

  @Test void exp_ofNaN_spoilsItsElementAlone() {
    Samples samples = new Samples(1);
    FloatMatrix x = samples.strided(3, 37);
    x.data()[x.index(1) + 36] = Float.NaN;
    x.data()[x.index(2)] = Float.NaN;
    bench().check(new ExpCase(x, samples.floats(3)), KernelFeature.EXP);
  }

  @Test void exp_ofTooFewShifts_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    FloatMatrix x = samples.matrix(3, 8);
    if (refuses(KernelFeature.EXP)) {
      bench().checkRefusal(new ExpCase(x, samples.floats(3)), KernelFeature.EXP);
      return;
    }
    float[] shift = samples.floats(2);
    bench().checkRefused(new ExpCase(x, shift), () -> Shapes.checkExp(x, shift));
  }
}
