package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How probable a model held a token to be, and which ones it held most probable: softmax of its logits, before any sampler.
 *
 * @param token the token
 * @param logProbability its natural logarithm, 0 at most
 * @param top the most probable tokens, the first first; of equals the one of the lower id
 * @since 0.1
 */
public record LogProbabilities(int token, double logProbability, List<Entry> top) {

  /**
   * One token.
   *
   * @param token its id
   * @param logProbability the natural logarithm of its probability
   */
  public record Entry(int token, double logProbability) {}

  /** Copies the list. */
  public LogProbabilities {
    top = List.copyOf(top);
  }

  /**
   * Reads them from logits.
   *
   * @param logits {@code (vocabSize,)} at {@code offset}
   * @param top how many of the most probable tokens are wanted; there are fewer if fewer are possible
   * @throws IllegalArgumentException if a logit is NaN or infinity, or all are −infinity
   */
  public static LogProbabilities of(float[] logits, int offset, int vocabSize, int token, int top) {
    Objects.checkIndex(token, vocabSize);
    Candidates all = new Candidates(vocabSize);
    all.reset(logits, offset);
    float greatest = all.logits()[Maximum.place(all)];
    Distribution distribution = new Distribution();
    distribution.of(all);
    List<Entry> entries = new ArrayList<>();
    if (top > 0) {
      int most = Math.min(top, distribution.possible());
      RadixSort order = new Ranking().rank(all.logits(), vocabSize, most);
      for (int rank = 0; rank < most; rank++) {
        int id = order.place(rank);
        entries.add(new Entry(id, -distribution.surprise((double) greatest - all.logits()[id])));
      }
    }
    return new LogProbabilities(token, -distribution.surprise((double) greatest - all.logits()[token]), entries);
  }
}
