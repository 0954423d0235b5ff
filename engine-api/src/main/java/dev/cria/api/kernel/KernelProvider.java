package dev.cria.api.kernel;

import dev.cria.api.Provider;

/**
 * Offers one {@link Kernel} implementation, a {@code --backend} of the command line.
 *
 * @since 0.1
 */
public interface KernelProvider extends Provider {

  /** How its results compare with the specification. The default is the weaker promise. */
  default Grade grade() {
    return Grade.BOUNDED;
  }

  /**
   * Creates the kernel. Called only if {@link #availability()} says that it can run.
   *
   * @return never null; one kernel serves all threads
   * @throws KernelUnavailableException if it cannot run after all
   */
  Kernel create(KernelContext context);
}
