/**
 * A sampler step for Cria.
 *
 * <p>Start at {@link com.example.topa.TopAProvider}, which Cria finds, then read the step itself.
 */
package com.example.topa;
