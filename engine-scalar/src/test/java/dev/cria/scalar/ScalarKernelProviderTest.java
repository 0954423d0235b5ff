package dev.cria.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.KernelProvider;
import org.junit.jupiter.api.Test;

final class ScalarKernelProviderTest {

  @Test void serviceLoader_findsTheScalarKernel_availableEverywhere() {
    Providers<KernelProvider> providers = Providers.load("backend", KernelProvider.class,
        ScalarKernelProvider.class.getClassLoader());

    assertThat(providers.broken()).isEmpty();
    KernelProvider scalar = providers.named("scalar");
    assertThat(scalar.availability().isAvailable()).isTrue();
    assertThat(scalar.priority()).isZero();
    assertThat(scalar.grade()).isEqualTo(Grade.EXACT);
  }
}
