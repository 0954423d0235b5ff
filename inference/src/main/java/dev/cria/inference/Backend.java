package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import java.io.IOException;
import jdk.jfr.FlightRecorder;

/**
 * A backend that was chosen.
 *
 * @param name as in {@code --backend}
 * @param reason why it was chosen
 * @param loader opens models on it
 */
public record Backend(String name, String reason, Loader loader) {

  /**
   * Opens a model, and tells Flight Recorder; the caller closes it.
   *
   * @throws IllegalArgumentException if the backend cannot run this model
   * @throws IOException if it cannot be read
   */
  public ModelExecutor open(Checkpoint checkpoint, ExecutorOptions options) throws IOException {
    if (!FlightRecorder.isInitialized()) { // see GenerationEvents
      return loader.open(checkpoint, options);
    }
    LoadEvent event = new LoadEvent();
    event.begin();
    ModelExecutor executor = loader.open(checkpoint, options);
    event.model = checkpoint.source();
    event.bytes = checkpoint.byteSize();
    event.backend = name;
    event.threads = options.threads();
    event.commit();
    return executor;
  }

  /** What {@link Backend#open} calls. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Opens a model; the caller closes it.
     *
     * @throws IllegalArgumentException if the backend cannot run this model
     * @throws IOException if it cannot be read
     */
    ModelExecutor open(Checkpoint checkpoint, ExecutorOptions options) throws IOException;
  }
}
