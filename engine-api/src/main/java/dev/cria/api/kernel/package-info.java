/**
 * The Kernel SPI: the numeric work of a Llama model on CPU cores.
 *
 * <p>Start at {@link dev.cria.api.kernel.Kernel}, then {@link dev.cria.api.kernel.Worker} (how threads share an
 * operation), {@link dev.cria.api.kernel.WeightMatrix} and {@link dev.cria.api.kernel.FloatMatrix} (what it works on).
 * To write a kernel, implement {@link dev.cria.api.kernel.KernelProvider}, extend
 * {@link dev.cria.api.kernel.ForwardingKernel}, override what you do better, and run the conformance kit.
 *
 * <p>The bits of every result are defined in {@code docs/NUMERICS.md}: one order for every sum, whatever the vector
 * width, the number of threads or the size of the batch.
 */
@NullMarked
package dev.cria.api.kernel;

import org.jspecify.annotations.NullMarked;
