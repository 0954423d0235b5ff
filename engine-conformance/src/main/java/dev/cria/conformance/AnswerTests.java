package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a kernel and its provider say of themselves must be so. */
abstract class AnswerTests extends WorkerTests {

  @Test void provider_isNamedAsUsersWriteIt() {
    KernelProvider provider = provider();
    assertThat(provider.name()).as("name()").matches("[a-z0-9][a-z0-9._-]{0,39}").isEqualTo(provider.name());
    assertThat(provider.grade()).as("grade()").isNotNull();
  }

  @Test void kernel_multipliesF32() {
    assertThat(kernel().multiplies(Encodings.F32)).as("multiplies(f32), which every kernel must").isTrue();
  }

  @Test void kernel_answersTheSameAlways() {
    KernelLimits limits = new KernelLimits(3, 64, 4, 16, 100, 2);
    assertThat(kernel().scratch(limits)).as("scratch(limits)").isNotNull().isEqualTo(kernel().scratch(limits));
    assertThat(kernel().refused()).as("refused()").isNotNull().isEqualTo(kernel().refused());
    WeightLayout layout = kernel().preferredLayout(65, 17, Encodings.F32);
    assertThat(layout.name()).as("name of the preferred layout").isNotBlank();
    assertThat(kernel().preferredLayout(65, 17, Encodings.F32).byteSize(65, 17, Encodings.F32))
        .as("bytes of the preferred layout").isEqualTo(layout.byteSize(65, 17, Encodings.F32))
        .isGreaterThanOrEqualTo(65 * 17 * 4L);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void feature_isRefusedIfDeclaredAndWorksIfNot(KernelFeature feature) {
    bench().check(needing(feature), feature);
  }

  private Case needing(KernelFeature feature) {
    Samples samples = new Samples(1);
    return switch (feature) {
      case BIAS -> {
        List<WeightMatrix> w = fused(samples, 33);
        FusedMatmul product = new FusedMatmul(w, new Epilogue.Bias(List.of(samples.floats(33))));
        yield MatmulCase.of(samples, product, samples.matrix(2, product.cols()));
      }
      case GELU -> {
        List<WeightMatrix> w = fused(samples, 33, 33);
        FusedMatmul product = FusedMatmul.gated(Gate.GELU, w.getFirst(), w.getLast());
        yield MatmulCase.of(samples, product, samples.matrix(2, product.cols()));
      }
      case ROPE_INTERLEAVED -> rope(samples, RopeLayout.INTERLEAVED);
      case ROPE_HALF_SPLIT -> rope(samples, RopeLayout.HALF_SPLIT);
      case BIDIRECTIONAL -> attention(samples, false, AttentionShape.UNLIMITED, 0);
      case SLIDING_WINDOW -> attention(samples, true, 7, 0);
      case SOFT_CAP -> attention(samples, true, AttentionShape.UNLIMITED, 0.25f);
      case EXP -> new ExpCase(samples.matrix(5, 17), samples.floats(5));
      case GEMM -> GemmCase.of(samples, 5, 17, 3, new GemmForm(false, true, true));
    };
  }

  private static Case rope(Samples samples, RopeLayout layout) {
    return new RopeCase(samples.matrix(2, 32), Samples.ropeTable(layout, 16, 16, 9), places(7, 8));
  }

  private static Case attention(Samples samples, boolean causal, int window, float softCap) {
    Places places = Places.prompt(SampleCache.contiguous(1, 8, 20), 10, 2).seeing(20);
    return AttentionCase.of(samples, places, new AttentionShape(2, 1, 8, 0.5f, causal, window, softCap));
  }
}
