/**
 * The ModelExecutor SPI (experimental): a whole batch of rows in, logits out.
 *
 * <p>The engine's own executor is a forward pass over a {@link dev.cria.api.kernel.Kernel}. A backend that is no set of
 * operations on CPU cores (a GPU, a remote server) implements this one instead.
 */
@NullMarked
package dev.cria.api.executor;

import org.jspecify.annotations.NullMarked;
