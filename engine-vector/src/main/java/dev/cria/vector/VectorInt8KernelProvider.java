package dev.cria.vector;

import com.google.auto.service.AutoService;
import dev.cria.api.Availability;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/**
 * Offers the vector kernel with activations rounded to int8 where weights are Q4_0 or Q4_K, which is faster.
 *
 * <p>It is never chosen unless named: rounding x adds an error of up to {@code max |x| / 254} per element of a group.
 */
@AutoService(KernelProvider.class)
public final class VectorInt8KernelProvider implements KernelProvider {

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public VectorInt8KernelProvider() {}

  @Override public String name() {
    return "vector-int8";
  }

  @Override public Availability availability() {
    return VectorSupport.availability();
  }

  @Override public int priority() {
    return -90;
  }

  @Override public Grade grade() {
    return Grade.EXACT;
  }

  @Override public Kernel create(KernelContext context) {
    return new VectorKernel(true);
  }
}
