package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a kernel promises that overrides nothing but the operations. */
final class KernelDefaultsTest {

  private static final Kernel PLAIN = (Kernel) Proxy.newProxyInstance(Kernel.class.getClassLoader(),
      new Class<?>[]{Kernel.class},
      (proxy, method, arguments) -> InvocationHandler.invokeDefault(proxy, method, arguments));

  @Test void weights_stayAsTheyAreInTheFile() {
    assertThat(PLAIN.preferredLayout(8, 4, PlainEncoding.F32)).isEqualTo(WeightLayout.ROW_MAJOR);
    assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.prepare(new FixedWorker(0, 1),
        PlainEncoding.F32.zeros("w", 8, 4), PlainEncoding.F32.zeros("w", 8, 4)))
        .withMessage("prepare: this kernel takes row-major matrices as they are");
  }

  @Test void abilities_areF32AloneAndNothingIsRefused() {
    PlainEncoding other = new PlainEncoding("f16", 1, 2);

    assertThat(PLAIN.multiplies(PlainEncoding.F32)).isTrue();
    assertThat(PLAIN.multiplies(other)).isFalse();
    assertThat(PLAIN.caches(PlainEncoding.F32, KeyLayout.BY_DIM)).isTrue();
    assertThat(PLAIN.caches(PlainEncoding.F32, KeyLayout.BY_POSITION)).isFalse();
    assertThat(PLAIN.caches(other, KeyLayout.BY_DIM)).isFalse();
    assertThat(PLAIN.refused()).isEmpty();
    assertThat(PLAIN.scratch(new KernelLimits(1, 1, 1, 1, 1, 1))).isEqualTo(ScratchSize.NONE);
  }
}
