package dev.cria.conformance;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A checkpoint of {@link ToyFormat}. */
final class ToyCheckpoint implements Checkpoint {

  private final Path path;
  private final FileChannel file;
  private final int vocabSize;
  private final int dim;
  private final ToyFormat.Fault fault;
  private final Arena own = Arena.ofShared();

  ToyCheckpoint(Path path, FileChannel file, int[] dimensions, ToyFormat.Fault fault) {
    this.path = path;
    this.file = file;
    this.vocabSize = dimensions[0];
    this.dim = dimensions[1];
    this.fault = fault;
  }

  private final class Tensor implements CheckpointTensor {
    private final String name;
    private final int rows;
    private final long start;

    Tensor(String name, int rows, long start) {
      this.name = name;
      this.rows = rows;
      this.start = start;
    }

    @Override public String name() {
      return name;
    }

    @Override public int rows() {
      return rows;
    }

    @Override public int cols() {
      return dim;
    }

    @Override public Encoding encoding() {
      return Encodings.F32;
    }

    @Override public WeightMatrix map(Arena arena) throws IOException {
      Arena owner = fault == ToyFormat.Fault.OWNS_WHAT_IT_MAPS ? own : arena;
      int there = fault == ToyFormat.Fault.SHORT_TENSOR && rows > 1 ? rows - 1 : rows;
      return WeightMatrix.rowMajor(
          name, there, dim, encoding(), file.map(MapMode.READ_ONLY, start, 4L * there * dim, owner));
    }
  }

  @Override public String source() {
    return path.toString();
  }

  @Override public String format() {
    return "toy";
  }

  @Override public ModelConfiguration configuration() {
    return new ModelConfiguration("toy", dim, dim, 1, 1, 1, dim, vocabSize, 16, 1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, dim));
  }

  @Override public SequencedMap<String, CheckpointTensor> tensors() {
    SequencedMap<String, CheckpointTensor> tensors = new LinkedHashMap<>();
    tensors.put(TensorNames.TOKEN_EMBEDDING, new Tensor(TensorNames.TOKEN_EMBEDDING, vocabSize, ToyFormat.HEADER));
    tensors.put(
        TensorNames.FINAL_NORM, new Tensor(TensorNames.FINAL_NORM, 1, ToyFormat.HEADER + 4L * vocabSize * dim));
    return tensors;
  }

  @Override public Optional<Vocabulary> vocabulary() {
    return Optional.empty();
  }

  @Override public Map<String, String> metadata() {
    return Map.of();
  }

  @Override public long byteSize() {
    return ToyFormat.HEADER + 4L * (vocabSize + 1L) * dim;
  }

  @Override public CheckpointTensor tensor(String name) throws CheckpointFormatException {
    CheckpointTensor tensor = tensors().get(name);
    if (tensor == null) {
      throw new CheckpointFormatException(path, "has no tensor " + name);
    }
    return tensor;
  }

  @Override public void close() throws IOException {
    own.close();
    if (fault != ToyFormat.Fault.KEEPS_THE_FILE_OPEN) {
      file.close();
    }
  }
}
