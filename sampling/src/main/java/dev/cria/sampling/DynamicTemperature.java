package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Divides every logit by a temperature that is the higher, the less sure the model is. */
final class DynamicTemperature implements SamplerStep {

  private final double lowest;
  private final double highest;
  private final double exponent;
  private final Distribution distribution = new Distribution();

  DynamicTemperature(double lowest, double highest, double exponent) {
    this.lowest = lowest;
    this.highest = highest;
    this.exponent = exponent;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    distribution.of(candidates);
    if (distribution.possible() > 1) {
      double unsureness = Math.min(1, distribution.entropy() / StrictMath.log(distribution.possible()));
      Temperature.apply(candidates, (float) (lowest + (highest - lowest) * StrictMath.pow(unsureness, exponent)));
    }
  }

  @Override public SamplerStep copy() {
    return new DynamicTemperature(lowest, highest, exponent);
  }
}
