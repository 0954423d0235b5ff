/**
 * A kernel for Cria that overrides one operation and leaves the rest to the best other kernel.
 *
 * <p>Start at {@link com.example.precisenorm.PreciseNormProvider}, which Cria finds, then read the kernel itself.
 */
package com.example.precisenorm;
