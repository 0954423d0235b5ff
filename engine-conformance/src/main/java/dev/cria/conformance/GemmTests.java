package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code gemm} must do. */
abstract class GemmTests extends CacheTests {

  @Test void gemm_inEveryForm_matchesSpecification() {
    for (GemmForm form : forms()) {
      for (int[] size : new int[][]{{1, 1, 1}, {5, 17, 8}, {16, 16, 16}, {33, 65, 7}, {3, 130, 31}}) {
        bench().check(GemmCase.of(new Samples(size[1]), size[0], size[1], size[2], form), KernelFeature.GEMM);
      }
    }
  }

  @Test void gemm_ofAnySize_matchesSpecification() {
    for (int size : SIZES) {
      for (GemmForm form : forms()) {
        Samples samples = new Samples(size);
        bench().check(GemmCase.of(samples, size, 2, 3, form), KernelFeature.GEMM);
        bench().check(GemmCase.of(samples, 2, size, 3, form), KernelFeature.GEMM);
        bench().check(GemmCase.of(samples, 2, 3, size, form), KernelFeature.GEMM);
      }
    }
  }

  @Test void gemm_ofRowsWithoutGaps_matchesSpecification() {
    Samples samples = new Samples(1);
    bench().check(new GemmCase(samples.matrix(9, 33), samples.matrix(9, 17), samples.matrix(17, 33),
        new GemmForm(false, false, false)), KernelFeature.GEMM);
  }

  @Test void gemm_ofNaN_spoilsItsRowAndColumn() {
    for (GemmForm form : forms()) {
      GemmCase c = GemmCase.of(new Samples(1), 7, 19, 5, form);
      c.a().data()[c.a().index(2) + 3] = Float.NaN;
      c.b().data()[c.b().index(4) + 1] = Float.POSITIVE_INFINITY;
      bench().check(c, KernelFeature.GEMM);
    }
  }

  @Test void gemm_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    if (refuses(KernelFeature.GEMM)) {
      bench().checkRefusal(GemmCase.of(new Samples(1), 3, 4, 5, new GemmForm(false, false, false)), KernelFeature.GEMM);
      return;
    }
    Samples samples = new Samples(1);
    for (GemmForm form : forms()) {
      FloatMatrix a = form.transposeA() ? samples.matrix(5, 3) : samples.matrix(3, 5);
      FloatMatrix b = form.transposeB() ? samples.matrix(4, 5) : samples.matrix(5, 4);
      refuse(samples.matrix(2, 4), a, b, form);
      refuse(samples.matrix(3, 5), a, b, form);
      refuse(samples.matrix(3, 4), samples.matrix(6, 6), b, form);
      refuse(samples.matrix(3, 4), a, samples.matrix(6, 6), form);
    }
  }

  private void refuse(FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    bench().checkRefused(new GemmCase(out, a, b, form), () -> Shapes.checkGemm(out, a, b, form));
  }

  private static List<GemmForm> forms() {
    List<GemmForm> forms = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      forms.add(new GemmForm((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
    }
    return forms;
  }
}
