package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {

  @Test void rank_randomNumbers_isAStableSort() {
    Random random = new Random(20_260_124L);
    Ranking ranking = new Ranking();
    for (int round = 0; round < 300; round++) {
      int count = 1 + random.nextInt(round % 10 == 0 ? 5000 : 50);
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = switch (random.nextInt(4)) {
          case 0 -> random.nextInt(5) - 2;
          case 1 -> (float) random.nextGaussian() * 1e-40f;
          case 2 -> random.nextBoolean() ? Float.NEGATIVE_INFINITY : -Float.MAX_VALUE;
          default -> (float) random.nextGaussian() * 1000;
        };
      }
      int most = 1 + random.nextInt(count);
      RadixSort order = ranking.rank(numbers, count, most);
      List<Integer> expected = IntStream.range(0, count).boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> -numbers[i] + 0f)).limit(most).toList();
      assertThat(IntStream.range(0, most).mapToObj(order::place).toList()).as("round %d: %d of %d", round, most, count)
          .isEqualTo(expected);
    }
  }
}
