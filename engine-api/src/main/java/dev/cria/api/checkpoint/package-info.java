/**
 * The CheckpointFormat SPI: model files and folders, read into one neutral form and written from it.
 *
 * <p>Start at {@link dev.cria.api.checkpoint.CheckpointFormat}, then {@link dev.cria.api.checkpoint.Checkpoint}.
 */
@NullMarked
package dev.cria.api.checkpoint;

import org.jspecify.annotations.NullMarked;
