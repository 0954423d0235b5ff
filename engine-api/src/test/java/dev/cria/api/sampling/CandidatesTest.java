package dev.cria.api.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CandidatesTest {

  @Test void reset_afterShorteningAndReordering_isAllTokensAgain() {
    Candidates candidates = new Candidates(3);
    candidates.reset(new float[]{9, 1, 2, 3}, 1);
    candidates.ids()[0] = 2;
    candidates.shorten(1);

    candidates.reset(new float[]{4, 5, 6}, 0);

    assertThat(candidates.size()).isEqualTo(3);
    assertThat(candidates.ids()).containsExactly(0, 1, 2);
    assertThat(candidates.logits()).containsExactly(4, 5, 6);
  }

  @Test void reset_offset_isWhereTheLogitsStart() {
    Candidates candidates = new Candidates(3);
    candidates.reset(new float[]{9, 1, 2, 3}, 1);

    assertThat(candidates.logits()).containsExactly(1, 2, 3);
  }

  @Test void shorten_keepsTheFirst() {
    Candidates candidates = new Candidates(3);
    candidates.reset(new float[3], 0);
    candidates.shorten(3);
    candidates.shorten(1);

    assertThat(candidates.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, -1}) void shorten_toNoneOrMore_isRefused(int count) {
    Candidates candidates = new Candidates(3);
    candidates.reset(new float[3], 0);
    candidates.shorten(2);

    assertThatIllegalArgumentException().isThrownBy(() -> candidates.shorten(count))
        .withMessage("must keep between 1 and 2 candidates, got %d", count);
  }

  @Test void candidates_noVocabulary_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Candidates(0))
        .withMessage("vocabSize must be positive, got 0");
  }
}
