package dev.cria.scalar;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;
import dev.cria.encodings.Q4_0Encoding;
import dev.cria.encodings.Q4_KEncoding;
import dev.cria.encodings.Q6_KEncoding;
import java.util.List;

/** The specification of activations that are rounded for Q4_0 and Q4_K, in Java against that on paper. */
final class ScalarInt8KernelTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new ScalarInt8KernelProvider();
  }

  @Override protected List<Encoding> moreEncodings() {
    return List.of(new Q4_0Encoding(), new Q4_KEncoding(), new Q6_KEncoding());
  }
}
