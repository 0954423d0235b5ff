package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import java.io.IOException;

/**
 * A backend that was chosen.
 *
 * @param name as in {@code --backend}
 * @param reason why it was chosen
 * @param loader opens models on it
 */
public record Backend(String name, String reason, Loader loader) {

  /** Opens a model; the caller closes it. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if the backend cannot run this model
     * @throws IOException if it cannot be read
     */
    ModelExecutor open(Checkpoint checkpoint, ExecutorOptions options) throws IOException;
  }
}
