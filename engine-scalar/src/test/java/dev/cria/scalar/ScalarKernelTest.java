package dev.cria.scalar;

import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;

/** The scalar kernel in the kit: the specification in Java against the specification on paper, and against float64. */
final class ScalarKernelTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new ScalarKernelProvider();
  }
}
