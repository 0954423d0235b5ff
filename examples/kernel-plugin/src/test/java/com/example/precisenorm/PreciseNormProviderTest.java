package com.example.precisenorm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.Providers;
import dev.cria.api.kernel.KernelProvider;
import org.junit.jupiter.api.Test;

final class PreciseNormProviderTest {

  @Test void provider_isFoundByItsName() {
    Providers<KernelProvider> providers =
        Providers.load("backend", KernelProvider.class, PreciseNormProvider.class.getClassLoader());

    assertThat(providers.broken()).isEmpty();
    assertThat(providers.named("precise-norm")).isInstanceOf(PreciseNormProvider.class);
  }
}
