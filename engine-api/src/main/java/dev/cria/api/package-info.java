/**
 * What a part of Cria must offer to be found, named and chosen.
 *
 * <p>Everything that can be swapped is a {@link dev.cria.api.Provider}: kernels, model executors, sampler steps,
 * checkpoint formats and encodings. The service interfaces themselves are in the packages below:
 * {@link dev.cria.api.kernel} (the numeric work), {@link dev.cria.api.checkpoint} (files),
 * {@link dev.cria.api.sampling} (the choice of a token) and {@link dev.cria.api.executor} (whole batches).
 * This module needs {@code java.base} only and computes nothing.
 */
@NullMarked
package dev.cria.api;

import org.jspecify.annotations.NullMarked;
