package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.checkpoints.BuiltInCheckpoint;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an {@link Engine}: what is not said has a sensible value. */
public final class EngineBuilder {

  private static final int PROMPT_ROWS = 64;

  private final Optional<Path> checkpoint;
  private Optional<Path> tokenizer = Optional.empty();
  private Optional<String> backend = Optional.empty();
  private int threads = Runtime.getRuntime().availableProcessors();
  private int contextLength;
  private ClassLoader loader = EngineBuilder.class.getClassLoader();

  EngineBuilder() {
    this.checkpoint = Optional.empty();
  }

  EngineBuilder(Path checkpoint) {
    this.checkpoint = Optional.of(checkpoint);
  }

  /** The tokenizer's file; otherwise it is looked for in the model, beside it, and in the working folder. */
  public EngineBuilder tokenizer(Path file) {
    tokenizer = Optional.of(file);
    return this;
  }

  /** The backend's name; otherwise the best one that can run here. */
  public EngineBuilder backend(String name) {
    backend = Optional.of(name);
    return this;
  }

  /** How many threads compute; otherwise as many as the machine, or the container, has. */
  public EngineBuilder threads(int count) {
    threads = count;
    return this;
  }

  /** How many positions the context holds; otherwise as many as the model was made for. */
  public EngineBuilder contextLength(int positions) {
    contextLength = positions;
    return this;
  }

  /** Where backends, formats, encodings and samplers are found; otherwise where this class comes from. */
  public EngineBuilder classLoader(ClassLoader where) {
    loader = where;
    return this;
  }

  /**
   * Loads the model; the caller closes the engine.
   *
   * @throws IllegalArgumentException if a value is out of range, or the backend unknown or unable to run this model
   * @throws dev.cria.api.kernel.KernelUnavailableException if the backend cannot run here
   * @throws IOException if the model or its tokenizer cannot be read, or is not sound
   */
  public Engine load() throws IOException {
    Backend chosen = BackendSelector.of(loader).select(backend);
    try (Checkpoint model = checkpoint.isPresent()
        ? CheckpointFiles.load(loader).open(checkpoint.get())
        : BuiltInCheckpoint.open()) {
      int most = model.configuration().contextLength();
      if (contextLength < 0 || contextLength > most) {
        throw new IllegalArgumentException("contextLength must be in [1, " + most + "], got " + contextLength);
      }
      FoundTokenizer found = new TokenizerFinder(Path.of("")).find(model, checkpoint, tokenizer);
      int positions = contextLength == 0 ? most : contextLength;
      return new Engine(
          chosen.open(model, new ExecutorOptions(Math.min(PROMPT_ROWS, positions), positions, threads)),
          found.tokenizer(), StopTokens.of(model, found.tokenizer().vocabulary()), chosen.name(), loader,
          ChatRecognition.of(model, found.tokenizer().vocabulary()));
    }
  }
}
