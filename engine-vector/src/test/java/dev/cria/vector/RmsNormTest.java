package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import org.junit.jupiter.api.Test;

/** Norms of every width up to a few vectors: sixteen stripes, whatever the width of a vector. */
class RmsNormTest {

  private static final float EPSILON = 1e-5f;

  private final VectorKernel kernel = new VectorKernel();
  private final Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(1, 128, 1, 2, 64, 1)));

  private static float[] expected(float[] x, float[] gain) {
    float[] stripes = new float[16];
    for (int i = 0; i < x.length; i++) {
      stripes[i % 16] = Math.fma(x[i], x[i], stripes[i % 16]);
    }
    for (int width = 8; width >= 1; width /= 2) {
      for (int j = 0; j < width; j++) {
        stripes[j] = stripes[j] + stripes[j + width];
      }
    }
    float scale = 1f / (float) Math.sqrt(stripes[0] / x.length + EPSILON);
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = gain[i] * (scale * x[i]);
    }
    return out;
  }

  @Test void rmsNorm_everyWidth_isFoldedAsWritten() {
    for (int width = 1; width <= 100; width++) {
      float[] x = Numbers.random(width, width);
      float[] gain = Numbers.random(-width, width);
      float[] out = new float[width];
      kernel.rmsNorm(worker, FloatMatrix.row(out), FloatMatrix.row(x), gain, EPSILON);
      assertThat(Numbers.bits(out)).as("width %d", width).isEqualTo(Numbers.bits(expected(x, gain)));

      kernel.rmsNorm(worker, FloatMatrix.row(x), FloatMatrix.row(x), gain, EPSILON);
      assertThat(Numbers.bits(x)).as("width %d, in place", width).isEqualTo(Numbers.bits(out));
    }
  }
}
