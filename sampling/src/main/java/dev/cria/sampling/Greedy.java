package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplingContext;

/** Takes the first candidate of the greatest logit; draws no random number. */
record Greedy() implements SamplerDraw {

  @Override public int draw(Candidates candidates, SamplingContext context) {
    return candidates.ids()[Maximum.place(candidates)];
  }
}
