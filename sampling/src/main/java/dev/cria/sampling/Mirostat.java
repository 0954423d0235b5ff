package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplingContext;

/** Draws among candidates that are not too surprising, and adapts what that means, so that the text is as surprising as asked. */
final class Mirostat implements SamplerDraw {

  /*
   * As in llama.cpp, the surprise that the limit adapts to is that among the candidates left, and the first limit is twice the
   * target. The paper's algorithm 2 leaves both open.
   */
  private static final double LN_2 = StrictMath.log(2);

  private final double target; // bits
  private final double rate;
  private final Distribution distribution = new Distribution();
  private double limit; // bits

  Mirostat(double target, double rate) {
    this.target = target;
    this.rate = rate;
    this.limit = 2 * target;
  }

  @Override public int draw(Candidates candidates, SamplingContext context) {
    int mostProbable = Maximum.place(candidates);
    distribution.of(candidates);
    double total = totalOfKept(candidates, candidates.logits()[mostProbable]);
    double coin = context.random().nextFloat() * total;
    int place = total == 0 ? mostProbable : choose(candidates, coin);
    double surprise = total == 0 ? 0 : StrictMath.log(total / distribution.weight(place)) / LN_2;
    limit -= rate * (surprise - target);
    return candidates.ids()[place];
  }

  @Override public void reset() {
    limit = 2 * target;
  }

  @Override public SamplerDraw copy() {
    Mirostat copy = new Mirostat(target, rate);
    copy.limit = limit;
    return copy;
  }

  /** Makes candidates above the limit impossible; the weight of the others, or 0 if there are none. */
  private double totalOfKept(Candidates candidates, float greatest) {
    double total = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (isKept(candidates, i, greatest)) {
        total += distribution.weight(i);
      } else {
        candidates.logits()[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return total;
  }

  private boolean isKept(Candidates candidates, int place, float greatest) {
    return distribution.surprise((double) greatest - candidates.logits()[place]) <= limit * LN_2;
  }

  private int choose(Candidates candidates, double coin) {
    double sum = 0;
    int last = 0; // the last that can be drawn: where rounding leaves the coin above the sum
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.logits()[i] > Float.NEGATIVE_INFINITY && distribution.weight(i) > 0) {
        sum += distribution.weight(i);
        last = i;
        if (coin < sum) {
          return i;
        }
      }
    }
    return last;
  }
}
