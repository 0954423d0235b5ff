/**
 * Measurements; never published.
 *
 * <p>{@link dev.cria.benchmarks.CompareKernels} times every kernel operation on every backend and writes the table of
 * {@code benchmarks/RESULTS.md}; {@link dev.cria.benchmarks.SyntheticModel} writes a checkpoint of the shape of
 * stories15M, and {@link dev.cria.benchmarks.CompareGeneration} times whole forward passes with it. Backends are found through the SPI, so this package knows none of them.
 */
@NullMarked
package dev.cria.benchmarks;

import org.jspecify.annotations.NullMarked;
