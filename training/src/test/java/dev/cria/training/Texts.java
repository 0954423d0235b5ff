package dev.cria.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up texts for tests. */
final class Texts {

  private static final String[] NOUNS = {"llama", "river", "baker", "kite", "lamp"};
  private static final String[] VERBS = {"found", "carried", "painted", "lost"};

  private Texts() {}

  /** Short tales of a small grammar, all different. */
  static List<String> tales(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> tales = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder tale = new StringBuilder();
      for (int sentence = random.nextInt(2, 6); sentence > 0; sentence--) {
        tale.append("The ").append(noun(random)).append(' ').append(VERBS[random.nextInt(VERBS.length)])
            .append(" a ").append(noun(random)).append(sentence % 2 == 0 ? ", then rested. " : ". ");
      }
      tales.add(tale.append("It was day ").append(i).append('.').toString());
    }
    return tales;
  }

  private static String noun(SplittableRandom random) {
    return NOUNS[random.nextInt(NOUNS.length)];
  }
}
