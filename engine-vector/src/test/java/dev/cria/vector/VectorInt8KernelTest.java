package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;
import dev.cria.encodings.Q4_0Encoding;
import dev.cria.encodings.Q4_KEncoding;
import dev.cria.encodings.Q6_KEncoding;
import java.util.List;

/** The vector kernel that rounds activations, in the kit; the build runs it at every vector width. */
class VectorInt8KernelTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new VectorInt8KernelProvider();
  }

  @Override protected List<Encoding> moreEncodings() {
    return List.of(new Q4_0Encoding(), new Q4_KEncoding(), new Q6_KEncoding());
  }
}
