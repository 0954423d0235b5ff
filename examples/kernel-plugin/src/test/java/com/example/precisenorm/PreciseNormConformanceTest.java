package com.example.precisenorm;

import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;

/** Runs the whole kit: every operation, the inherited ones too, must work with the one that was replaced. */
final class PreciseNormConformanceTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new PreciseNormProvider();
  }
}
