/**
 * Kernels on the JDK Vector API: the bits of {@code dev.cria.scalar}, faster.
 *
 * <p>Start at {@link dev.cria.vector.VectorKernelProvider} (when it can run), then {@code VectorKernel} (one method per
 * operation, each in a class of its own). Matrix products are {@code Matmul}, over {@code F32Panels} (the loops) and
 * {@code PanelLayout} (how weights lie). Classes that begin with {@code Int8} are the mode that rounds activations. Needs {@code --add-modules jdk.incubator.vector}.
 *
 * <p>Everywhere a lane is an output, never a slice of one sum: rows of a matrix, positions of scores, elements of a head.
 * That is why the width of the vectors does not show in the result.
 */
@NullMarked
package dev.cria.vector;

import org.jspecify.annotations.NullMarked;
