package dev.cria.api.kernel;

/**
 * What a kernel may know of its surroundings when it is created.
 *
 * @since 0.1
 */
public interface KernelContext {

  /**
   * The best other kernel available here, created on the first call: what a plugin extends with
   * {@link ForwardingKernel}. The conformance kit passes its own oracle.
   *
   * @return never null, and never (directly or through its own base) the kernel that asks
   * @throws KernelUnavailableException if there is no other
   */
  Kernel base();
}
