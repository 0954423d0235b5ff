package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Loads the weights of a checkpoint in the layout that a kernel likes best. */
final class WeightLoader {

  /*
   * A matrix that the kernel repacks is mapped in an arena of its own, which is closed as soon as the copy is made: the
   * packed form replaces the mapped one, and memory never holds more than one matrix twice. The embedding stays mapped: of
   * it only the rows looked up are read.
   */
  private static final int ALIGNMENT = 64;

  private final Checkpoint checkpoint;
  private final Kernel kernel;
  private final ThreadTeam team;
  private final Arena arena;

  /** A loader whose weights live as long as the arena, which is shared. */
  WeightLoader(Checkpoint checkpoint, Kernel kernel, ThreadTeam team, Arena arena) {
    this.checkpoint = checkpoint;
    this.kernel = kernel;
    this.team = team;
    this.arena = arena;
  }

  LlamaWeights load() throws IOException {
    ModelConfiguration c = checkpoint.configuration();
    WeightMatrix tokenEmbedding = weights(TensorNames.TOKEN_EMBEDDING, c.vocabSize(), c.dim()).map(arena);
    List<LlamaWeights.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < c.layers(); layer++) {
      layers.add(layer(c, layer));
    }
    float[] finalNorm = vector(TensorNames.FINAL_NORM, c.dim());
    boolean tied = !checkpoint.tensors().containsKey(TensorNames.LM_HEAD);
    WeightMatrix lmHead = matrix(tied ? TensorNames.TOKEN_EMBEDDING : TensorNames.LM_HEAD, c.vocabSize(), c.dim());
    return new LlamaWeights(tokenEmbedding, List.copyOf(layers), finalNorm, FusedMatmul.of(lmHead));
  }

  private LlamaWeights.Layer layer(ModelConfiguration c, int layer) throws IOException {
    return new LlamaWeights.Layer(
        vector(TensorNames.attentionNorm(layer), c.dim()),
        FusedMatmul.of(
            matrix(TensorNames.qProj(layer), c.queryDim(), c.dim()),
            matrix(TensorNames.kProj(layer), c.kvDim(), c.dim()),
            matrix(TensorNames.vProj(layer), c.kvDim(), c.dim())),
        FusedMatmul.adding(matrix(TensorNames.oProj(layer), c.dim(), c.queryDim())),
        vector(TensorNames.ffnNorm(layer), c.dim()),
        FusedMatmul.gated(Gate.SILU,
            matrix(TensorNames.gateProj(layer), c.hiddenDim(), c.dim()),
            matrix(TensorNames.upProj(layer), c.hiddenDim(), c.dim())),
        FusedMatmul.adding(matrix(TensorNames.downProj(layer), c.dim(), c.hiddenDim())));
  }

  private WeightMatrix matrix(String name, int rows, int cols) throws IOException {
    CheckpointTensor tensor = weights(name, rows, cols);
    WeightLayout layout = kernel.preferredLayout(rows, cols, tensor.encoding());
    if (layout.equals(WeightLayout.ROW_MAJOR)) {
      return tensor.map(arena);
    }
    WeightMatrix out = new WeightMatrix(name, rows, cols, tensor.encoding(), layout,
        arena.allocate(layout.byteSize(rows, cols, tensor.encoding()), ALIGNMENT));
    try (Arena piece = Arena.ofShared()) {
      WeightMatrix in = tensor.map(piece);
      team.run(worker -> kernel.prepare(worker, out, in));
    }
    return out;
  }

  private CheckpointTensor weights(String name, int rows, int cols) throws CheckpointFormatException {
    CheckpointTensor tensor = tensor(name, rows, cols);
    if (!kernel.multiplies(tensor.encoding())) {
      throw new IllegalArgumentException(checkpoint.source() + ": " + name + " is " + tensor.encoding().name()
          + ", which this backend cannot multiply; choose another with --backend");
    }
    return tensor;
  }

  private float[] vector(String name, int size) throws IOException {
    CheckpointTensor tensor = tensor(name, 1, size);
    float[] vector = new float[size];
    try (Arena piece = Arena.ofShared()) {
      tensor.encoding().decode(tensor.map(piece).data(), 0, vector, 0, size);
    }
    return vector;
  }

  private CheckpointTensor tensor(String name, int rows, int cols) throws CheckpointFormatException {
    CheckpointTensor tensor = checkpoint.tensor(name);
    if (tensor.rows() != rows || tensor.cols() != cols) {
      throw new IllegalArgumentException(checkpoint.source() + ": " + name + " is (" + tensor.rows() + ", "
          + tensor.cols() + "); the configuration asks for (" + rows + ", " + cols + ")");
    }
    return tensor;
  }
}
