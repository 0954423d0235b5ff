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
   * Matrices that the kernel repacks are mapped in an arena that is closed when some have been copied: the packed form replaces
   * the mapped one, and memory never holds much more than one matrix twice. Not after each, since closing a shared arena waits until
   * every thread has noticed, and the one that touches memory ahead notices only between its pieces. Nor in confined arenas, which need
   * not wait: with two kinds of arenas about, C2 was seen to make objects of the kernel's vectors. The embedding stays mapped: of it only
   * the rows looked up are read.
   */

  /** Bytes from which on what is mapped is given back. */
  private static final long MAPPED = 16L << 20;

  private final Checkpoint checkpoint;
  private final Kernel kernel;
  private final ThreadTeam team;
  private final Arena arena;
  private final MemoryAhead memory;
  private Arena mapped = Arena.ofShared();
  private long mappedBytes;

  /** A loader whose weights live as long as the arena, which is shared. */
  WeightLoader(Checkpoint checkpoint, Kernel kernel, ThreadTeam team, Arena arena) {
    this.checkpoint = checkpoint;
    this.kernel = kernel;
    this.team = team;
    this.arena = arena;
    this.memory = new MemoryAhead(arena);
  }

  LlamaWeights load() throws IOException {
    try (memory) {
      for (String name : matrices()) {
        CheckpointTensor tensor = checkpoint.tensor(name);
        WeightLayout layout = layout(tensor);
        if (!layout.equals(WeightLayout.ROW_MAJOR)) {
          memory.order(layout.byteSize(tensor.rows(), tensor.cols(), tensor.encoding()));
        }
      }
      memory.allocate();
      return weights();
    } finally {
      mapped.close();
    }
  }

  /** The matrices in the order in which they are loaded. */
  private List<String> matrices() throws IOException {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < checkpoint.configuration().layers(); layer++) {
      names.addAll(List.of(TensorNames.qProj(layer), TensorNames.kProj(layer), TensorNames.vProj(layer),
          TensorNames.oProj(layer), TensorNames.gateProj(layer), TensorNames.upProj(layer),
          TensorNames.downProj(layer)));
    }
    names.add(lmHead());
    return names;
  }

  private String lmHead() {
    return checkpoint.tensors().containsKey(TensorNames.LM_HEAD) ? TensorNames.LM_HEAD : TensorNames.TOKEN_EMBEDDING;
  }

  private WeightLayout layout(CheckpointTensor tensor) {
    return kernel.preferredLayout(tensor.rows(), tensor.cols(), tensor.encoding());
  }

  private LlamaWeights weights() throws IOException {
    ModelConfiguration c = checkpoint.configuration();
    WeightMatrix tokenEmbedding = checkpoint.tensor(TensorNames.TOKEN_EMBEDDING).map(arena);
    List<LlamaWeights.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < c.layers(); layer++) {
      layers.add(layer(c, layer));
    }
    float[] finalNorm = vector(TensorNames.FINAL_NORM);
    return new LlamaWeights(tokenEmbedding, List.copyOf(layers), finalNorm, FusedMatmul.of(matrix(lmHead())));
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
    WeightLayout layout = layout(tensor);
    if (layout.equals(WeightLayout.ROW_MAJOR)) {
      return tensor.map(arena);
    }
    WeightMatrix out = new WeightMatrix(name, rows, cols, tensor.encoding(), layout, memory.take());
    WeightMatrix in = tensor.map(mapped);
    team.run(worker -> kernel.prepare(worker, out, in));
    mappedBytes += tensor.byteSize();
    if (mappedBytes >= MAPPED) {
      unmap();
    }
    return out;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed here, or at the end of load()
  private void unmap() {
    mapped.close();
    mapped = Arena.ofShared();
    mappedBytes = 0;
  }

  private float[] vector(String name) throws IOException {
    CheckpointTensor tensor = checkpoint.tensor(name);
    float[] vector = new float[tensor.cols()];
    tensor.encoding().decode(tensor.map(mapped).data(), 0, vector, 0, vector.length);
    return vector;
  }
}
