package dev.cria.inference;

import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Worker;

/** What happens to the queries and keys of a layer before they rotate. */
@FunctionalInterface
interface QueryKeyNorm {

  /** Nothing, as in Llama. */
  QueryKeyNorm NONE = (kernel, worker, at) -> {};

  /** Changes queries and keys in place. */
  void apply(Kernel kernel, Worker worker, Activations at);

  /**
   * Each head is normalised by itself, as in Qwen 3.
   *
   * @param queryGain {@code (headDim,)}
   * @param keyGain {@code (headDim,)}
   */
  static QueryKeyNorm perHead(float[] queryGain, float[] keyGain, float epsilon) {
    return (kernel, worker, at) -> {
      kernel.rmsNorm(worker, at.queryHeads(), at.queryHeads(), queryGain, epsilon);
      kernel.rmsNorm(worker, at.keyHeads(), at.keyHeads(), keyGain, epsilon);
    };
  }
}
