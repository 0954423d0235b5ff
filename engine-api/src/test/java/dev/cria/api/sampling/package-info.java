/** Tests of the value types of the Sampler SPI. */
@NullMarked
package dev.cria.api.sampling;

import org.jspecify.annotations.NullMarked;
