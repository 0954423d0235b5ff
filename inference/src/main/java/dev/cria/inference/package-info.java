/**
 * The engine proper: from a model file and a prompt to a text.
 *
 * <p>Java programs start at {@link dev.cria.inference.Engine}: open, generate, close. What it is made of can be used by itself:
 * <ul>
 * <li>{@link dev.cria.inference.BackendSelector} and {@link dev.cria.inference.KernelSelector} choose what computes, by name or
 *     the best that can run here, and say why;
 * <li>{@link dev.cria.inference.ForwardPass} runs rows of tokens through the layers. It reads like the paper: each line is one
 *     operation of a kernel, which it knows only as an SPI;
 * <li>{@link dev.cria.inference.ThreadTeam} is the threads that run it together, each from top to bottom;
 * <li>{@link dev.cria.inference.Generation} is the loop around it: prompt in batches, then token by token, until something ends
 *     it. It can be streamed, cancelled and continued;
 * <li>Flight Recorder is told of loads, prompts, tokens and layers, by events named {@code dev.cria.*} (docs/PROFILING.md);
 * <li>{@link dev.cria.inference.MemoryEstimate} tells before loading what a model will need.
 * </ul>
 */
@NullMarked
package dev.cria.inference;

import org.jspecify.annotations.NullMarked;
