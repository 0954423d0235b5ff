package dev.cria.vector;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;
import dev.cria.encodings.Int8Groups;
import java.util.ArrayList;
import java.util.List;

/** The vector kernel in the kit; the build runs it at every vector width. */
class VectorKernelTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return new VectorKernelProvider();
  }

  @Override protected List<Encoding> moreEncodings() {
    List<Encoding> more = new ArrayList<>(List.of(new Int8Groups(4), new Int8Groups(64)));
    Providers.load("encoding", Encoding.class, getClass().getClassLoader()).found()
        .forEach(found -> more.add(found.provider()));
    return more;
  }
}
