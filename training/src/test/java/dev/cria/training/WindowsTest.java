package dev.cria.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WindowsTest {

  private static final int BOS = 1;
  private static final int LENGTH = 16;

  /** Documents of 1 to 40 tokens, numbered from 100 so that each token is found again. */
  private static Corpus corpus(int documents) {
    SplittableRandom random = new SplittableRandom(4);
    List<Integer> tokens = new ArrayList<>();
    int[] starts = new int[documents + 1];
    for (int i = 0; i < documents; i++) {
      tokens.add(BOS);
      for (int n = random.nextInt(1, 41); n > 0; n--) {
        tokens.add(100 + tokens.size());
      }
      starts[i + 1] = tokens.size();
    }
    return new Corpus(tokens.stream().mapToInt(t -> t).toArray(), starts, BOS);
  }

  @Test void epoch_ofAllWindows_predictsEveryTokenOnceAfterTheOneBefore() {
    Corpus corpus = corpus(300);
    Windows windows = new Windows(corpus, LENGTH, 5, 0);
    TrainingBatch batch = TrainingBatch.allocate(1, LENGTH);
    Map<Integer, Integer> predicted = new HashMap<>();
    int ends = 0;
    for (int w = 0; w < windows.count(); w++) {
      windows.write(w, batch, 0);
      for (int i = 0; i < LENGTH; i++) {
        int target = batch.targets()[i];
        int token = batch.tokens()[i];
        assertThat(batch.tokens()[batch.starts()[i]]).as("what window %d sees first from %d", w, i).isEqualTo(BOS);
        if (target == TrainingBatch.NONE) {
          continue;
        }
        ends += target == BOS ? 1 : 0;
        if (target != BOS) {
          predicted.merge(target, 1, Integer::sum);
          assertThat(token == BOS || token == target - 1).as("token %d before %d", token, target).isTrue();
        }
      }
    }
    assertThat(predicted).hasSize(corpus.tokens().length - 300);
    assertThat(predicted.values()).containsOnly(1);
    assertThat(ends).as("documents that end").isEqualTo(300);
    assertThat(windows.count()).as("windows, of which few positions are empty")
        .isLessThan((int) (1.15 * (corpus.tokens().length + 300) / LENGTH));
  }

  @Test void order_bySeedAndEpoch_isTheSameOrAnother() {
    Corpus corpus = corpus(300);
    assertThat(first(corpus, 5, 0)).isEqualTo(first(corpus, 5, 0)).isNotEqualTo(first(corpus, 5, 1))
        .isNotEqualTo(first(corpus, 6, 0));
  }

  private static String first(Corpus corpus, long seed, int epoch) {
    TrainingBatch batch = TrainingBatch.allocate(1, LENGTH);
    new Windows(corpus, LENGTH, seed, epoch).write(0, batch, 0);
    return Arrays.toString(batch.tokens());
  }
}
