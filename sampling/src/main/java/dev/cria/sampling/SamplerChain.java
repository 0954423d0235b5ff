package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Steps in order, then one draw, and the tokens so far. */
final class SamplerChain implements Sampler {

  private final int vocabSize;
  private final SamplerStep[] steps; // an array: a list would make an iterator for each token
  private final SamplerDraw draw;
  private final History history;
  private final Candidates candidates;

  /** Takes over what it is given. */
  SamplerChain(int vocabSize, List<SamplerStep> steps, SamplerDraw draw, XorShift64Star random) {
    this(vocabSize, steps.toArray(SamplerStep[]::new), draw, new History(random, new int[256], 0));
  }

  private SamplerChain(int vocabSize, SamplerStep[] steps, SamplerDraw draw, History history) {
    this.vocabSize = vocabSize;
    this.steps = steps;
    this.draw = draw;
    this.history = history;
    this.candidates = new Candidates(vocabSize);
  }

  @Override public int sample(float[] logits, int offset) {
    Objects.checkFromIndexSize(offset, vocabSize, logits.length);
    candidates.reset(logits, offset);
    for (SamplerStep step : steps) {
      step.apply(candidates, history);
    }
    return draw.draw(candidates, history);
  }

  @Override public void accept(int token) {
    if (token < 0 || token >= vocabSize) {
      throw new IllegalArgumentException("token must be in [0, " + vocabSize + "), got " + token);
    }
    history.add(token);
    for (SamplerStep step : steps) {
      step.accept(token);
    }
    draw.accept(token);
  }

  @Override public void reset() {
    history.position = 0;
    for (SamplerStep step : steps) {
      step.reset();
    }
    draw.reset();
  }

  @Override public Sampler copy() {
    SamplerStep[] copies = new SamplerStep[steps.length];
    Arrays.setAll(copies, i -> steps[i].copy());
    return new SamplerChain(vocabSize, copies, draw.copy(), history.copy());
  }

  /** The tokens so far, and the generator. */
  private static final class History implements SamplingContext {

    private final XorShift64Star random;
    private int[] tokens; // by position; the first `position` count
    private int position;

    History(XorShift64Star random, int[] tokens, int position) {
      this.random = random;
      this.tokens = tokens;
      this.position = position;
    }

    void add(int token) {
      if (position == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * position);
      }
      tokens[position++] = token;
    }

    History copy() {
      return new History(random.copy(), tokens.clone(), position);
    }

    @Override public RandomGenerator random() {
      return random;
    }

    @Override public int position() {
      return position;
    }

    @Override public int token(int position) {
      return tokens[Objects.checkIndex(position, this.position)];
    }
  }
}
