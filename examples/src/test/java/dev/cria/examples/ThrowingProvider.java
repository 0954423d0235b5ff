package dev.cria.examples;

import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/** A plugin that does not survive its own constructor. */
public final class ThrowingProvider implements KernelProvider {

  /** Throws. */
  public ThrowingProvider() {
    throw new IllegalStateException("no licence found");
  }

  @Override public String name() {
    return "throwing";
  }

  @Override public Kernel create(KernelContext context) {
    throw new IllegalStateException("never created");
  }
}
