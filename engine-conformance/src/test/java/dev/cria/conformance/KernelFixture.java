package dev.cria.conformance;

import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;
import java.util.function.Function;

/** Providers for kernels made by tests. */
final class KernelFixture {

  private KernelFixture() {}

  static KernelProvider provider(String name, Grade grade, Function<KernelContext, Kernel> kernels) {
    return new KernelProvider() {
      @Override public String name() {
        return name;
      }

      @Override public Grade grade() {
        return grade;
      }

      @Override public Kernel create(KernelContext context) {
        return kernels.apply(context);
      }
    };
  }
}
