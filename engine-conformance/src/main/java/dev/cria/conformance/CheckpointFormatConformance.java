package dev.cria.conformance;

import dev.cria.api.checkpoint.CheckpointFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What every {@link CheckpointFormat} of single files must do. Extend it, return your format, write a small sample, and the
 * tests run.
 *
 * <p>A format that {@linkplain CheckpointFormat#writes() does not write} must say so when asked to; no test is skipped.
 *
 * @since 0.1
 */
public abstract class CheckpointFormatConformance extends CheckpointWriteTests {

  /** For subclasses. */
  protected CheckpointFormatConformance() {}

  /**
   * The format to test.
   *
   * @return a new instance or the same one at every call
   */
  @Override protected abstract CheckpointFormat format();

  /**
   * Writes a sound checkpoint of a few tensors, a megabyte at most, without the format's own writer if it can be.
   *
   * @param target does not exist yet
   * @throws IOException if it cannot be written
   */
  @Override protected abstract void writeSample(Path target) throws IOException;

  /**
   * Foreign files that begin just as this format does, so that it may take them for damaged ones of its own.
   *
   * @return none by default
   */
  @Override protected Set<ForeignFile> resembling() {
    return Set.of();
  }

  /**
   * Whether bytes may follow the last tensor.
   *
   * @return false by default: a file that is one byte too long is damaged
   */
  @Override protected boolean allowsTrailingBytes() {
    return false;
  }
}
