/**
 * Measurements; never published.
 *
 * <p>{@link dev.cria.benchmarks.CompareKernels} times every kernel operation on every backend and writes the table of
 * {@code benchmarks/RESULTS.md}; {@link dev.cria.benchmarks.SyntheticModel} writes a checkpoint of a given shape to time
 * whole runs with. Backends are found through the SPI, so this package knows none of them.
 */
@NullMarked
package dev.cria.benchmarks;

import org.jspecify.annotations.NullMarked;
