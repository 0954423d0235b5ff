package dev.cria.api.executor;

import dev.cria.api.Experimental;
import dev.cria.api.Provider;
import dev.cria.api.checkpoint.Checkpoint;
import java.io.IOException;

/**
 * Offers one {@link ModelExecutor} implementation, a {@code --backend} like a kernel.
 *
 * @since 0.1
 */
@Experimental
public interface ModelExecutorProvider extends Provider {

  /**
   * Loads a model. Called only if {@link #availability()} says that it can run.
   *
   * @param checkpoint open; what the executor needs of it later, it copies or maps itself
   * @throws IllegalArgumentException if it cannot run this model; the message says why
   * @throws IOException if the checkpoint cannot be read
   */
  ModelExecutor open(Checkpoint checkpoint, ExecutorOptions options) throws IOException;
}
