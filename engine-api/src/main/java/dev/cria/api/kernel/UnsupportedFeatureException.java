package dev.cria.api.kernel;

import java.io.Serial;

/**
 * Thrown by a kernel operation that needs a feature which the kernel {@linkplain Kernel#refused() refuses}.
 *
 * @since 0.1
 */
public final class UnsupportedFeatureException extends UnsupportedOperationException {

  @Serial private static final long serialVersionUID = 1L;

  private final KernelFeature feature;

  /** Creates one whose message names the operation and the feature. */
  public UnsupportedFeatureException(String operation, KernelFeature feature) {
    super(operation + ": this kernel refuses " + feature);
    this.feature = feature;
  }

  /** The refused feature. */
  public KernelFeature feature() {
    return feature;
  }
}
