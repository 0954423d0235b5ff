package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KernelProvider;
import java.util.List;

/**
 * What every {@link dev.cria.api.kernel.Kernel} must do. Extend it, return your provider, and the tests run.
 *
 * <p>A kernel of grade {@link Grade#EXACT} must give the bits of {@code docs/NUMERICS.md} in every operation; one of grade
 * {@link Grade#BOUNDED} must stay within a bound of the exact result that holds for every order of summation. Exact
 * kernels are held to both, so the specification is tested too. What a kernel
 * {@linkplain dev.cria.api.kernel.Kernel#refused() refuses}, it must refuse ({@link KernelFeature}), and what it does not
 * refuse must work: no test is skipped.
 *
 * <p>{@link dev.cria.api.kernel.KernelContext#base()} gives the kit's own oracle: slow, right, and for any encoding.
 *
 * @since 0.1
 */
public abstract class KernelConformance extends AnswerTests {

  /** For subclasses. */
  protected KernelConformance() {}

  /**
   * The provider of the kernel to test. It must be {@linkplain KernelProvider#availability() available} here: a kernel that
   * cannot run fails.
   *
   * @return a new instance or the same one at every call
   */
  @Override protected abstract KernelProvider provider();

  /**
   * Encodings to test besides the kit's own: F32, one that is plain and two that have scales.
   *
   * @return none by default
   */
  @Override protected List<Encoding> moreEncodings() {
    return List.of();
  }
}
