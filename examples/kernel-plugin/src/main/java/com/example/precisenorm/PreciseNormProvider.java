package com.example.precisenorm;

import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/** Offers the kernel as {@code --backend precise-norm}. Listed in {@code META-INF/services}. */
public final class PreciseNormProvider implements KernelProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public PreciseNormProvider() {}

  @Override public String name() {
    return "precise-norm";
  }

  /** Its bits differ from the specification's; its results are nearer to the exact ones. */
  @Override public Grade grade() {
    return Grade.BOUNDED;
  }

  @Override public Kernel create(KernelContext context) {
    return new PreciseNormKernel(context.base());
  }
}
