package com.example.ternary;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.conformance.KernelConformance;
import java.util.List;

/** Runs the whole kit on the best kernel here: it must multiply the new encoding, which it has never heard of, exactly. */
final class TernaryConformanceTest extends KernelConformance {

  @Override protected KernelProvider provider() {
    return Providers.load("backend", KernelProvider.class, TernaryEncoding.class.getClassLoader()).best().orElseThrow();
  }

  @Override protected List<Encoding> moreEncodings() {
    return List.of(new TernaryEncoding());
  }
}
