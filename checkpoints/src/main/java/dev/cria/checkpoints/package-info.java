/**
 * Model files, read into one neutral checkpoint.
 *
 * <p>Start at {@link dev.cria.checkpoints.CheckpointFiles}: it finds the format of a file by its content, opens it, and
 * explains in one line what cannot be opened. {@link dev.cria.checkpoints.Llama2cV0Format} reads and writes the files of
 * llama2.c: every size is validated to the byte, and weights are mapped, not copied.
 *
 * <p>Three models need no file: {@link dev.cria.checkpoints.BuiltInCheckpoint}, trained by Cria and the default of everything;
 * {@link dev.cria.checkpoints.SentenceCheckpoint}, whose weights are set by construction so that it tells one known
 * sentence; and {@link dev.cria.checkpoints.SyntheticCheckpoint}, random weights of any shape.
 */
@NullMarked
package dev.cria.checkpoints;

import org.jspecify.annotations.NullMarked;
