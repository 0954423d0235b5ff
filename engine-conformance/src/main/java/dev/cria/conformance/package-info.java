/**
 * Test kits for whoever writes a kernel, a sampler or a checkpoint format.
 *
 * <p>Extend the kit of your SPI, return your provider, and its tests run: what they ask is the contract of
 * {@code dev.cria.api}, put as questions.
 */
@NullMarked
package dev.cria.conformance;

import org.jspecify.annotations.NullMarked;
