package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplingContext;

/** Draws each candidate with the probability that softmax gives it; one random float for a token. */
record Multinomial() implements SamplerDraw {

  @Override public int draw(Candidates candidates, SamplingContext context) {
    float[] weights = candidates.logits();
    int size = candidates.size();
    float greatest = weights[Maximum.place(candidates)];
    double total = 0;
    int last = 0; // the last that can be drawn: where rounding leaves the target above the sum
    for (int i = 0; i < size; i++) {
      weights[i] = Exp.exp(weights[i] - greatest);
      total += weights[i];
      last = weights[i] > 0 ? i : last;
    }
    double target = context.random().nextFloat() * total;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      sum += weights[i];
      if (target < sum) {
        return candidates.ids()[i];
      }
    }
    return candidates.ids()[last];
  }
}
