package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.util.Arrays;
import java.util.List;

/** Lowers the logits of tokens that would go on with a repetition, the more, the longer it is. */
final class Dry implements SamplerStep {

  /*
   * The tokens are taken backwards, so that what the text ends with is a prefix, and where it stood before is found by the
   * Z algorithm: common[k] is how many tokens the text has in common with itself k tokens earlier, counted from the end. The
   * token that followed there is the one at k - 1.
   *
   * [1] Gusfield 1997, Algorithms on Strings, Trees, and Sequences, §1.4
   */
  private static final double MOST = 1e30; // never -infinity: a repeated token is unwelcome, not impossible

  /**
   * The numbers.
   *
   * @param multiplier what a repetition of just the allowed length costs; 0 changes nothing
   * @param base each further token costs this many times as much
   * @param allowedLength shorter repetitions are free
   * @param lastTokens how many tokens count; −1 for all
   */
  record Settings(double multiplier, double base, int allowedLength, int lastTokens) {}

  private final Settings settings;
  private final List<String> breakers;
  private final SamplerVocabulary vocabulary;
  private final Breakers found;
  private final int[] longest; // (vocabSize,), 0 but while it works
  private final int[] single = new int[1];
  private int[] tokens = new int[64]; // the last one first
  private int[] common = new int[64];

  Dry(Settings settings, List<String> breakers, SamplerVocabulary vocabulary) {
    this.settings = settings;
    this.breakers = breakers;
    this.vocabulary = vocabulary;
    this.found = new Breakers(breakers, vocabulary);
    this.longest = new int[vocabulary.size()];
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    if (settings.multiplier == 0) {
      return;
    }
    int count = read(context);
    int limit = found.after(tokens, count);
    if (limit < settings.allowedLength) {
      return;
    }
    findRepetitions(count);
    for (int k = 1; k < count; k++) {
      int length = Math.min(common[k], limit);
      if (length >= settings.allowedLength) {
        longest[tokens[k - 1]] = Math.max(longest[tokens[k - 1]], length);
      }
    }
    penalise(candidates);
    for (int k = 0; k < count; k++) {
      longest[tokens[k]] = 0;
    }
  }

  @Override public SamplerStep copy() {
    return new Dry(settings, breakers, vocabulary);
  }

  private int read(SamplingContext context) {
    int position = context.position();
    int count = settings.lastTokens < 0 ? position : Math.min(position, settings.lastTokens);
    if (tokens.length < count) {
      tokens = Arrays.copyOf(tokens, 2 * count);
      common = new int[2 * count];
    }
    for (int i = 0; i < count; i++) {
      tokens[i] = context.token(position - 1 - i);
    }
    return count;
  }

  /** The Z algorithm: fills {@code common} from 1 on. */
  private void findRepetitions(int count) {
    int begin = 0; // of the match that reaches farthest
    int end = 0;
    for (int k = 1; k < count; k++) {
      int length = k < end ? Math.min(common[k - begin], end - k) : 0;
      while (k + length < count && tokens[length] == tokens[k + length]) {
        length++;
      }
      common[k] = length;
      if (k + length > end) {
        begin = k;
        end = k + length;
      }
    }
  }

  private void penalise(Candidates candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      int id = candidates.ids()[i];
      if (longest[id] > 0 && !breaks(id)) {
        double penalty = settings.multiplier
            * StrictMath.pow(settings.base, longest[id] - settings.allowedLength);
        candidates.logits()[i] -= (float) Math.min(MOST, penalty);
      }
    }
  }

  /** Whether a token by itself ends repetition. */
  private boolean breaks(int token) {
    single[0] = token;
    return found.endsIn(single, 0, 1);
  }
}
