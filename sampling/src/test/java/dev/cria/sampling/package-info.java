/** Tests of the samplers: against their definitions, hand-computed cases and the distribution they promise. */
@NullMarked
package dev.cria.sampling;

import org.jspecify.annotations.NullMarked;
