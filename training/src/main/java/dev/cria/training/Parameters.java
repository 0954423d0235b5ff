package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.FloatMatrix;
import java.util.List;
import java.util.stream.IntStream;

/** A number for each weight of a model, in one array: the weights themselves, their gradients, or a moment of the optimiser. */
final class Parameters {

  /**
   * Views of one layer.
   *
   * @param attentionNorm {@code (1, dim)}
   * @param queryKeyValue {@code (queryDim + 2 * kvDim, dim)}: three projections below each other
   * @param oProj {@code (dim, queryDim)}
   * @param ffnNorm {@code (1, dim)}
   * @param gateUp {@code (2 * hiddenDim, dim)}: gate above up
   * @param downProj {@code (dim, hiddenDim)}
   */
  record Layer(FloatMatrix attentionNorm, FloatMatrix queryKeyValue, FloatMatrix oProj, FloatMatrix ffnNorm,
      FloatMatrix gateUp, FloatMatrix downProj) {}

  private final ParameterLayout layout;
  private final float[] data;
  private final FloatMatrix tokenEmbedding;
  private final List<Layer> layers;
  private final FloatMatrix finalNorm;

  /** All zero. */
  Parameters(ParameterLayout layout) {
    ModelConfiguration model = layout.model();
    this.layout = layout;
    this.data = new float[layout.size()];
    this.tokenEmbedding = view(TensorNames.TOKEN_EMBEDDING, model.vocabSize());
    this.layers = IntStream.range(0, model.layers()).mapToObj(this::layer).toList();
    this.finalNorm = view(TensorNames.FINAL_NORM, 1);
  }

  ParameterLayout layout() {
    return layout;
  }

  /** All of them, in the order of the layout. */
  float[] data() {
    return data;
  }

  /** {@code (vocabSize, dim)}; the classifier too. */
  FloatMatrix tokenEmbedding() {
    return tokenEmbedding;
  }

  List<Layer> layers() {
    return layers;
  }

  /** {@code (1, dim)}. */
  FloatMatrix finalNorm() {
    return finalNorm;
  }

  private Layer layer(int i) {
    ModelConfiguration model = layout.model();
    return new Layer(view(TensorNames.attentionNorm(i), 1),
        view(TensorNames.qProj(i), model.queryDim() + 2 * model.kvDim()), view(TensorNames.oProj(i), model.dim()),
        view(TensorNames.ffnNorm(i), 1), view(TensorNames.gateProj(i), 2 * model.hiddenDim()),
        view(TensorNames.downProj(i), model.dim()));
  }

  /** That many rows from the first one of a tensor on. */
  private FloatMatrix view(String name, int rows) {
    ParameterLayout.Tensor tensor = layout.tensor(name);
    return new FloatMatrix(data, tensor.offset(), rows, tensor.cols(), tensor.cols());
  }
}
