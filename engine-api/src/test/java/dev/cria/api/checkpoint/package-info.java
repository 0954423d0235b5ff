/** Tests of the value types of the CheckpointFormat SPI. */
@NullMarked
package dev.cria.api.checkpoint;

import org.jspecify.annotations.NullMarked;
