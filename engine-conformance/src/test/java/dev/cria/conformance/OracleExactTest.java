package dev.cria.conformance;

import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.KernelProvider;

/** The oracle, held to its own bits and to float64. */
final class OracleExactTest extends KernelConformance {
  @Override protected KernelProvider provider() {
    return KernelFixture.provider("oracle", Grade.EXACT, context -> context.base());
  }
}
