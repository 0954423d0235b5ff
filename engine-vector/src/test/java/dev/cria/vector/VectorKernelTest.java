package dev.cria.vector;

import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;

/** The vector kernel in the kit; the build runs it at every vector width. */
class VectorKernelTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new VectorKernelProvider();
  }
}
