/**
 * How fast it is, measured.
 *
 * <p>Kernels run under JMH, whole models against the clock; what was found stands in {@code RESULTS.md}.
 */
@NullMarked
package dev.cria.benchmarks;

import org.jspecify.annotations.NullMarked;
