package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes checkpoints of any shape with random weights: for measuring speed, and for tests that need sizes and not sense.
 *
 * <p>Matrices have elements of mean 0 and standard deviation 0.02, as in a model before training; norms have gains near 1.
 * Nothing is kept: a tensor is made when it is mapped, the same each time, so that a checkpoint larger than memory can be
 * {@linkplain dev.cria.api.checkpoint.CheckpointFormat#write written} to a file. The {@linkplain Checkpoint#source() source}
 * names the {@linkplain SyntheticShape shape}.
 *
 * @since 0.1
 */
public final class SyntheticCheckpoint {

  private static final float DEVIATION = 0.02f;

  private SyntheticCheckpoint() {}

  /**
   * Makes a checkpoint.
   *
   * @param model any shape
   * @param sharedClassifier whether the token embedding serves as the classifier too
   * @param seed the same seed and shape give the same weights
   */
  public static Checkpoint of(ModelConfiguration model, boolean sharedClassifier, long seed) {
    Tensors tensors = new Tensors(seed);
    tensors.matrix(TensorNames.TOKEN_EMBEDDING, model.vocabSize(), model.dim());
    for (int layer = 0; layer < model.layers(); layer++) {
      tensors.layer(model, layer);
    }
    tensors.norm(TensorNames.FINAL_NORM, model.dim());
    if (!sharedClassifier) {
      tensors.matrix(TensorNames.LM_HEAD, model.vocabSize(), model.dim());
    }
    long bytes = tensors.made.stream().mapToLong(GeneratedTensor::byteSize).sum();
    return new CheckpointContents("synthetic " + SyntheticShape.format(model), "synthetic", () -> model,
        CheckpointContents.byName(tensors.made),
        Optional.empty(), Map.of("seed", Long.toString(seed)), true, bytes, () -> {});
  }

  private static final class Tensors {

    private final List<GeneratedTensor> made = new ArrayList<>();
    private final long seed;

    Tensors(long seed) {
      this.seed = seed;
    }

    void layer(ModelConfiguration model, int layer) {
      norm(TensorNames.attentionNorm(layer), model.dim());
      matrix(TensorNames.qProj(layer), model.queryDim(), model.dim());
      matrix(TensorNames.kProj(layer), model.kvDim(), model.dim());
      matrix(TensorNames.vProj(layer), model.kvDim(), model.dim());
      matrix(TensorNames.oProj(layer), model.dim(), model.queryDim());
      norm(TensorNames.ffnNorm(layer), model.dim());
      matrix(TensorNames.gateProj(layer), model.hiddenDim(), model.dim());
      matrix(TensorNames.upProj(layer), model.hiddenDim(), model.dim());
      matrix(TensorNames.downProj(layer), model.dim(), model.hiddenDim());
    }

    void matrix(String name, int rows, int cols) {
      add(name, rows, cols, 0);
    }

    void norm(String name, int cols) {
      add(name, 1, cols, 1);
    }

    private void add(String name, int rows, int cols, float mean) {
      long own = new SplittableRandom(seed ^ ((long) name.hashCode() << 32)).nextLong();
      made.add(new GeneratedTensor(name, rows, cols, () -> {
        SplittableRandom random = new SplittableRandom(own);
        return row -> {
          for (int i = 0; i < row.length; i++) {
            row[i] = mean + DEVIATION * normal(random.nextLong());
          }
        };
      }));
    }

    /** Nearly normal, from 64 random bits: the sum of four uniform numbers of 16 bits, mean 0 and deviation 1. */
    private static float normal(long bits) {
      long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
      return (sum - 2 * 0xffff) * (1 / 37_837.23f); // 2^16 * sqrt(4 / 12)
    }
  }
}
