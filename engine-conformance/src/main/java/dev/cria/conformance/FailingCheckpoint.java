package dev.cria.conformance;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A checkpoint of which one tensor cannot be read, as on a disk that breaks.
 *
 * @param sound all the rest
 * @param broken the tensor's name
 */
record FailingCheckpoint(Checkpoint sound, String broken) implements Checkpoint {

  private record BrokenTensor(CheckpointTensor sound) implements CheckpointTensor {
    @Override public String name() {
      return sound.name();
    }

    @Override public int rows() {
      return sound.rows();
    }

    @Override public int cols() {
      return sound.cols();
    }

    @Override public Encoding encoding() {
      return sound.encoding();
    }

    @Override public WeightMatrix map(Arena arena) throws IOException {
      throw new IOException(name() + ": the disk is broken");
    }
  }

  @Override public String source() {
    return sound.source();
  }

  @Override public String format() {
    return sound.format();
  }

  @Override public ModelConfiguration configuration() throws CheckpointFormatException {
    return sound.configuration();
  }

  @Override public SequencedMap<String, CheckpointTensor> tensors() {
    SequencedMap<String, CheckpointTensor> tensors = new LinkedHashMap<>(sound.tensors());
    tensors.computeIfPresent(broken, (_, tensor) -> new BrokenTensor(tensor));
    return tensors;
  }

  @Override public Optional<Vocabulary> vocabulary() {
    return sound.vocabulary();
  }

  @Override public Map<String, String> metadata() {
    return sound.metadata();
  }

  @Override public long byteSize() {
    return sound.byteSize();
  }

  @Override public CheckpointTensor tensor(String name) throws CheckpointFormatException {
    return name.equals(broken) ? new BrokenTensor(sound.tensor(name)) : sound.tensor(name);
  }

  @Override public void close() throws IOException {
    sound.close();
  }
}
