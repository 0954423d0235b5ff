package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Loads the weights of a checkpoint that has no {@link Obstacles}, in the layout that a kernel likes best. */
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
    WeightMatrix tokenEmbedding = checkpoint.tensor(TensorNames.TOKEN_EMBEDDING).map(arena);
    List<LlamaWeights.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < c.layers(); layer++) {
      layers.add(layer(c, layer));
    }
    float[] finalNorm = vector(TensorNames.FINAL_NORM);
    boolean tied = !checkpoint.tensors().containsKey(TensorNames.LM_HEAD);
    WeightMatrix lmHead = matrix(tied ? TensorNames.TOKEN_EMBEDDING : TensorNames.LM_HEAD);
    return new LlamaWeights(tokenEmbedding, List.copyOf(layers), finalNorm, FusedMatmul.of(lmHead));
  }

  private LlamaWeights.Layer layer(ModelConfiguration c, int layer) throws IOException {
    return new LlamaWeights.Layer(
        vector(TensorNames.attentionNorm(layer)), queryKeyValue(c, layer), queryKeyNorm(c, layer),
        FusedMatmul.adding(matrix(TensorNames.oProj(layer))),
        vector(TensorNames.ffnNorm(layer)),
        FusedMatmul.gated(Gate.SILU, matrix(TensorNames.gateProj(layer)), matrix(TensorNames.upProj(layer))),
        FusedMatmul.adding(matrix(TensorNames.downProj(layer))));
  }

  private FusedMatmul queryKeyValue(ModelConfiguration c, int layer) throws IOException {
    List<WeightMatrix> projections = List.of(matrix(TensorNames.qProj(layer)), matrix(TensorNames.kProj(layer)),
        matrix(TensorNames.vProj(layer)));
    return new FusedMatmul(projections, c.attention().bias()
        ? new Epilogue.Bias(List.of(vector(TensorNames.qBias(layer)), vector(TensorNames.kBias(layer)),
            vector(TensorNames.vBias(layer))))
        : new Epilogue.None());
  }

  private QueryKeyNorm queryKeyNorm(ModelConfiguration c, int layer) throws IOException {
    return c.attention().headNorm()
        ? QueryKeyNorm.perHead(vector(TensorNames.qNorm(layer)), vector(TensorNames.kNorm(layer)), c.normEpsilon())
        : QueryKeyNorm.NONE;
  }

  private WeightMatrix matrix(String name) throws IOException {
    CheckpointTensor tensor = checkpoint.tensor(name);
    int rows = tensor.rows();
    int cols = tensor.cols();
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

  private float[] vector(String name) throws IOException {
    CheckpointTensor tensor = checkpoint.tensor(name);
    float[] vector = new float[tensor.cols()];
    try (Arena piece = Arena.ofShared()) {
      tensor.encoding().decode(tensor.map(piece).data(), 0, vector, 0, vector.length);
    }
    return vector;
  }
}
