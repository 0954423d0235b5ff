package dev.cria.scalar;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/** Offers the plain Java kernel, which runs on every JVM. */
@AutoService(KernelProvider.class)
public final class ScalarKernelProvider implements KernelProvider {

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public ScalarKernelProvider() {}

  @Override public String name() {
    return "scalar";
  }

  @Override public Grade grade() {
    return Grade.EXACT;
  }

  @Override public Kernel create(KernelContext context) {
    return new ScalarKernel();
  }
}
