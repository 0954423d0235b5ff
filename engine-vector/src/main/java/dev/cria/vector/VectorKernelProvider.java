package dev.cria.vector;

import com.google.auto.service.AutoService;
import dev.cria.api.Availability;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/** Offers the kernel on the JDK Vector API, where the JVM and the CPU have what it needs. */
@AutoService(KernelProvider.class)
public final class VectorKernelProvider implements KernelProvider {

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public VectorKernelProvider() {}

  @Override public String name() {
    return "vector";
  }

  @Override public Availability availability() {
    return VectorSupport.availability();
  }

  @Override public int priority() {
    return 100;
  }

  @Override public Grade grade() {
    return Grade.EXACT;
  }

  @Override public Kernel create(KernelContext context) {
    return new VectorKernel();
  }
}
