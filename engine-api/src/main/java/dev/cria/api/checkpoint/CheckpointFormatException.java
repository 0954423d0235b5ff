package dev.cria.api.checkpoint;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Thrown where the content of a file is not what its format asks for.
 *
 * <p>The message is one line: path, what is wrong, at which byte if known, what was found and expected, what to do. Control
 * characters, which names in a file may hold and terminals obey, become question marks.
 *
 * @since 0.1
 */
public final class CheckpointFormatException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String problem;
  private final long offset;

  /** Creates one for a whole file. */
  public CheckpointFormatException(Path path, String problem) {
    this(path, printable(problem), -1);
  }

  /** Creates one for a place in a file, in bytes from its start. */
  public CheckpointFormatException(Path path, long offset, String problem) {
    this(path, "at byte " + offset + ": " + printable(problem), offset);
  }

  private CheckpointFormatException(Path path, String problem, long offset) {
    super(path + ": " + problem);
    this.path = path;
    this.problem = problem;
    this.offset = offset;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The message without the path. */
  public String problem() {
    return problem;
  }

  /** The place in the file, in bytes from its start, if it is known. */
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
