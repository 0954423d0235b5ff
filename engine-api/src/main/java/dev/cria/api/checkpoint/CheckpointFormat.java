package dev.cria.api.checkpoint;

import dev.cria.api.Provider;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One format of model files or folders. It is its own provider.
 *
 * <p>A format is recognised by content, never by name. Reading validates every size against the file before memory is
 * mapped or allocated, in bounded memory whatever the file claims.
 *
 * @since 0.1
 */
public interface CheckpointFormat extends Provider {

  /**
   * Looks at the beginning (and size) of a file, or at the names in a folder, and says whether this is its format.
   *
   * <p>Reads a few kilobytes at most. A file of this format that is damaged is still recognised: {@link #open} then says
   * what is wrong with it.
   *
   * @throws IOException if it cannot be read
   */
  Recognition recognise(Path path) throws IOException;

  /**
   * Opens a checkpoint, its tensors not yet read.
   *
   * <p>It opens if the file is sound, even where the model cannot be run: {@link Checkpoint#configuration()} and the
   * {@linkplain dev.cria.api.kernel.Encoding#availability() availability} of encodings then say why.
   *
   * @param encodings where to look for those that the file names
   * @throws CheckpointFormatException if the content is not sound; the message names path, place, got and expected
   * @throws IOException if it cannot be read
   */
  Checkpoint open(Path path, EncodingLookup encodings) throws IOException;

  /** Whether {@link #write} is offered. */
  default boolean writes() {
    return false;
  }

  /**
   * Writes a checkpoint in this format, tensor by tensor, to a temporary file that is moved to its place when complete.
   *
   * @throws UnsupportedOperationException if {@link #writes()} is false
   * @throws IllegalArgumentException if this format cannot express the checkpoint; the message says what it cannot
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  default void write(Checkpoint checkpoint, Path target) throws IOException {
    throw new UnsupportedOperationException(name() + " is read only; writes() says so");
  }
}
