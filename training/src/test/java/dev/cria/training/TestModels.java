package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.inference.KernelSelector;
import dev.cria.inference.ThreadTeam;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small models and batches for tests. */
final class TestModels {

  private TestModels() {}

  static ModelConfiguration model(int dim, int hiddenDim, int layers, int heads, int kvHeads, int vocabSize,
      int context) {
    return new ModelConfiguration("llama", dim, hiddenDim, layers, heads, kvHeads, dim / heads, vocabSize, context,
        1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, dim / heads));
  }

  static Kernel kernel(String backend) {
    return KernelSelector.of(TestModels.class.getClassLoader()).select(Optional.of(backend)).kernel();
  }

  static ThreadTeam team(Kernel kernel, ModelConfiguration model, int rows, int threads) {
    return new ThreadTeam(threads, kernel.scratch(TrainingPass.limits(model, rows, threads)));
  }

  /** Weights large enough that every part of the model matters. */
  static Parameters weights(ModelConfiguration model, long seed) {
    Parameters weights = new Parameters(ParameterLayout.of(model));
    SplittableRandom random = new SplittableRandom(seed);
    for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        weights.data()[i] = (float) (tensor.isMatrix() ? random.nextDouble(-0.4, 0.4) : random.nextDouble(0.5, 1.5));
      }
    }
    return weights;
  }

  /** Random tokens in documents of random length, some positions without a target. */
  static TrainingBatch batch(int sequences, int length, int vocabSize, long seed) {
    TrainingBatch batch = TrainingBatch.allocate(sequences, length);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < batch.rows(); i++) {
      boolean begins = i % length == 0 || random.nextInt(9) == 0;
      batch.starts()[i] = begins ? i % length : batch.starts()[i - 1];
      batch.tokens()[i] = random.nextInt(vocabSize);
      batch.targets()[i] = random.nextInt(7) == 0 ? TrainingBatch.NONE : random.nextInt(vocabSize);
    }
    return batch;
  }
}
