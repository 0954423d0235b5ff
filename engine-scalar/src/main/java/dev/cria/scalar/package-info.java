/**
 * The kernel in plain Java: {@code docs/NUMERICS.md} as code.
 *
 * <p>It defines the bits that every fast kernel must give, so it has no cleverness: one loop per sum, in the stated order.
 * Start at {@link dev.cria.scalar.ScalarKernelProvider}, then {@link dev.cria.scalar.ScalarKernel}, which checks
 * arguments and hands each operation to a class of its own. {@code Int8Kernel} is the mode that rounds activations. The vector twin is in {@code dev.cria.vector}.
 */
@NullMarked
package dev.cria.scalar;

import org.jspecify.annotations.NullMarked;
