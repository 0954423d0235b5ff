/**
 * Test kits for whoever writes a kernel, a sampler or a checkpoint format.
 *
 * <p>Extend the kit of your SPI, return your provider, and its tests run: what they ask is the contract of
 * {@code dev.cria.api}, put as questions. JUnit Jupiter and AssertJ are all that it needs.
 *
 * <pre>{@code
 * final class FastKernelTest extends KernelConformance {
 *   @Override protected KernelProvider provider() {
 *     return new FastKernelProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>There are four: {@link dev.cria.conformance.KernelConformance},
 * {@link dev.cria.conformance.SamplerStepConformance}, {@link dev.cria.conformance.SamplerDrawConformance} and
 * {@link dev.cria.conformance.CheckpointFormatConformance}. None skips a test: what a subject does not offer, it must refuse.
 *
 * <p>How the kernel kit works: {@code Specification} is {@code docs/NUMERICS.md} in code, in an {@code Arithmetic} of
 * choice, so that one text gives the bits and the exact value. A {@code Case} is one call with its operands and bounds; the
 * {@code Bench} runs it on the kernel and on the oracle. A {@code Team} lets workers run at once or in turns, and
 * {@code ShareWatch} sees who writes what. The kit itself is tested with faulty kernels, samplers and formats: which tests
 * must find which is in {@code *-mutants.txt} beside its tests.
 */
@NullMarked
package dev.cria.conformance;

import org.jspecify.annotations.NullMarked;
