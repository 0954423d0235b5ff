package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplingContext;

/** llama2.c's sampler, float by float. */
final class Llama2cDraw implements SamplerDraw {

  /*
   * The one freedom is exp, which C libraries round wrongly in rare cases; ours is rounded correctly.
   * Where llama2.c reads outside its arrays (no candidate above the cutoff, or a vocabulary of 1), the most likely is taken.
   */
  private final float temperature;
  private final float topP;
  private final Nucleus nucleus = new Nucleus();

  Llama2cDraw(float temperature, float topP) {
    this.temperature = temperature;
    this.topP = topP;
  }

  @Override public int draw(Candidates candidates, SamplingContext context) {
    if (temperature == 0) {
      return candidates.ids()[Maximum.place(candidates)];
    }
    int size = candidates.size();
    boolean all = topP <= 0 || topP >= 1;
    float[] probabilities = candidates.logits();
    Softmax.apply(probabilities, candidates, temperature);
    float coin = context.random().nextFloat();
    return candidates.ids()[all ? fromAll(probabilities, size, coin) : fromNucleus(probabilities, size, coin)];
  }

  @Override public SamplerDraw copy() {
    return new Llama2cDraw(temperature, topP);
  }

  private static int fromAll(float[] probabilities, int size, float coin) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += probabilities[i];
      if (coin < sum) {
        return i;
      }
    }
    return size - 1;
  }

  private int fromNucleus(float[] probabilities, int size, float coin) {
    nucleus.select(probabilities, size, topP);
    float target = coin * nucleus.probability();
    float sum = 0;
    for (int rank = 0; rank < nucleus.size(); rank++) {
      sum += probabilities[nucleus.place(rank)];
      if (target < sum) {
        return nucleus.place(rank);
      }
    }
    return nucleus.place(nucleus.size() - 1);
  }
}
