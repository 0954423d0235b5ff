package dev.cria.conformance;

import dev.cria.api.sampling.SamplerParameters;
import java.util.List;

/**
 * What a step makes of some logits, computed by hand.
 *
 * @param parameters of the step, as a user gives them
 * @param history the tokens so far
 * @param logits {@code (vocabSize,)}
 * @param ids the candidates that are left, in their order
 * @param left their logits, {@code (ids.length,)}
 * @since 0.1
 */
public record StepExample(SamplerParameters parameters, List<Integer> history, float[] logits, int[] ids,
    float[] left) {

  /** Without a history: some candidates stay, in this order, and no logit changes. */
  public static StepExample keeps(SamplerParameters parameters, float[] logits, int... ids) {
    float[] left = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      left[i] = logits[ids[i]];
    }
    return new StepExample(parameters, List.of(), logits, ids, left);
  }

  /** All candidates stay in their order, with other logits. */
  public static StepExample changes(SamplerParameters parameters, List<Integer> history, float[] logits,
      float... left) {
    int[] ids = new int[logits.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    return new StepExample(parameters, history, logits, ids, left);
  }
}
