package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Vocabulary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A checkpoint put together from its parts.
 *
 * @param shape gives the configuration, or says why there is none
 * @param endsWithBos as in {@link Checkpoint#endsWithBos()}
 * @param resource closed with the checkpoint
 */
record CheckpointContents(String source, String format, Shape shape,
    SequencedMap<String, CheckpointTensor> tensors, Optional<Vocabulary> vocabulary, Map<String, String> metadata,
    boolean endsWithBos, long byteSize, Closeable resource) implements Checkpoint {

  /** Gives a configuration. */
  @FunctionalInterface
  interface Shape {
    ModelConfiguration get() throws CheckpointFormatException;
  }

  CheckpointContents {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Tensors by name, in the order given. */
  static SequencedMap<String, CheckpointTensor> byName(Collection<? extends CheckpointTensor> tensors) {
    SequencedMap<String, CheckpointTensor> byName = new LinkedHashMap<>();
    for (CheckpointTensor tensor : tensors) {
      byName.put(tensor.name(), tensor);
    }
    return byName;
  }

  @Override public ModelConfiguration configuration() throws CheckpointFormatException {
    return shape.get();
  }

  @Override public CheckpointTensor tensor(String name) throws CheckpointFormatException {
    CheckpointTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointFormatException(Path.of(source),
          "has no tensor '" + name + "'; cria inspect lists the " + tensors.size() + " that it has");
    }
    return tensor;
  }

  @Override public void close() throws IOException {
    resource.close();
  }
}
