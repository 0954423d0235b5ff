package dev.cria.training;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.encodings.F32Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The weights of a training run, as a checkpoint. */
record TrainedCheckpoint(Parameters weights, Vocabulary pieces) implements Checkpoint {

  private static final Encoding ENCODING = new F32Encoding();
  private static final long ALIGNMENT = 64;

  @Override public String source() {
    return "the model in training";
  }

  @Override public String format() {
    return "training";
  }

  @Override public ModelConfiguration configuration() {
    return weights.layout().model();
  }

  @Override public SequencedMap<String, CheckpointTensor> tensors() {
    SequencedMap<String, CheckpointTensor> tensors = new LinkedHashMap<>();
    for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
      tensors.put(tensor.name(), new Trained(weights.data(), tensor));
    }
    return tensors;
  }

  @Override public CheckpointTensor tensor(String name) {
    return new Trained(weights.data(), weights.layout().tensor(name));
  }

  @Override public Optional<Vocabulary> vocabulary() {
    return Optional.of(pieces);
  }

  @Override public Map<String, String> metadata() {
    return Map.of();
  }

  @Override public boolean endsWithBos() {
    return true;
  }

  @Override public long byteSize() {
    return (long) Float.BYTES * weights.data().length;
  }

  @Override public void close() {
    // nothing is open
  }

  private record Trained(float[] data, ParameterLayout.Tensor place) implements CheckpointTensor {

    @Override public String name() {
      return place.name();
    }

    @Override public int rows() {
      return place.rows();
    }

    @Override public int cols() {
      return place.cols();
    }

    @Override public Encoding encoding() {
      return ENCODING;
    }

    @Override public WeightMatrix map(Arena arena) {
      MemorySegment memory = arena.allocate(byteSize(), ALIGNMENT);
      ENCODING.encode(data, place.offset(), memory, 0, place.size());
      return WeightMatrix.rowMajor(name(), rows(), cols(), ENCODING, memory);
    }
  }
}
