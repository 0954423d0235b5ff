package dev.cria.cli;

import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.sampling.Sampler;
import dev.cria.inference.Generation;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is timed: a prompt of so many tokens, or so many tokens one by one. One of the two is 0.
 *
 * @param prompt tokens of the prompt
 * @param generated tokens that are generated
 */
record BenchTest(int prompt, int generated) {

  private static final long SEED = 1;

  /** As llama-bench calls it: {@code pp512} or {@code tg128}. */
  String name() {
    return prompt > 0 ? "pp" + prompt : "tg" + generated;
  }

  /** How many positions are run. */
  int positions() {
    return Math.max(prompt, generated);
  }

  /**
   * Runs it once, as {@code cria run} does, with random tokens and a sampler that costs nothing.
   *
   * @param sequence where the tokens go; what it holds is forgotten, and its memory used again, as llama-bench does
   * @return the nanoseconds that it took
   */
  long run(ModelExecutor executor, SequenceState sequence) {
    RandomTokens random = new RandomTokens(executor.configuration().vocabSize(), new SplittableRandom(SEED));
    int[] tokens = new int[Math.max(prompt, 1)];
    Arrays.setAll(tokens, i -> random.next());
    sequence.truncate(0);
    try (Generation generation = new Generation(executor, random, tokens, Set.of(), sequence)) {
      long began = System.nanoTime();
      generation.run(positions(), (previous, token) -> true);
      return System.nanoTime() - began;
    }
  }

  /** Draws any token, whatever the logits. */
  private record RandomTokens(int vocabSize, SplittableRandom random) implements Sampler {

    int next() {
      return random.nextInt(vocabSize);
    }

    @Override public int sample(float[] logits, int offset) {
      return next();
    }

    @Override public void accept(int token) {
      // chance remembers nothing
    }

    @Override public void reset() {
      // nor has it anything to forget
    }

    @Override public Sampler copy() {
      return new RandomTokens(vocabSize, random.split());
    }
  }
}
