/**
 * Measurements; never published.
 *
 * <p>{@link dev.cria.benchmarks.MachineLimits} measures the machine, {@link dev.cria.benchmarks.CompareKernels} every kernel
 * operation on every backend beside these limits. {@link dev.cria.benchmarks.SyntheticModel} writes models of any shape;
 * {@link dev.cria.benchmarks.CompareGeneration} times warm forward passes with them, and
 * {@link dev.cria.benchmarks.CompareCommands} whole processes, both in turn with other programs.
 * {@link dev.cria.benchmarks.PlotResults} draws what came of it. The figures are in {@code benchmarks/RESULTS.md}. Backends are
 * found through the SPI, so this package knows none of them.
 */
@NullMarked
package dev.cria.benchmarks;

import org.jspecify.annotations.NullMarked;
