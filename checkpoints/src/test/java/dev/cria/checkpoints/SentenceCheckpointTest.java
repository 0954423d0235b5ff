package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SentenceCheckpointTest {

  private static final String SENTENCE = "Once upon a time a small llama learned to count: one, two, three, and then it"
      + " told everyone in the valley, in the hills, in the woods, and in the whole world.";

  private final Checkpoint checkpoint = SentenceCheckpoint.open();
  private final ReferenceText text = new ReferenceText(checkpoint.vocabulary().orElseThrow());

  @Test void greedy_fromNothing_tellsTheSentenceAndEndsWithBos() throws IOException {
    assertThat(SENTENCE).isEqualTo(SentenceCheckpoint.SENTENCE);
    assertThat(tell(checkpoint, "")).isEqualTo(SENTENCE + "\n<s>\n");
  }

  @Test void greedy_fromAnyBeginning_goesOn() throws IOException {
    var ends = Pattern.compile("\\b(?=\\W)").matcher(SENTENCE).results().toList();
    assertThat(ends).hasSizeGreaterThan(30);
    for (var end : ends) {
      String prompt = SENTENCE.substring(0, end.start());
      assertThat(tell(checkpoint, prompt)).as("from '%s'", prompt).isEqualTo(SENTENCE + "\n<s>\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"The llama", "a small", "Can it count: one, two", "everyone", "and then it",
      "upon"}) void greedy_fromWordsOfTheMiddle_goesOn(String prompt) throws IOException {
    String lastWord = prompt.substring(prompt.lastIndexOf(' ') + 1);
    String rest = SENTENCE.substring(SENTENCE.indexOf(lastWord) + lastWord.length());

    assertThat(tell(checkpoint, prompt)).isEqualTo(prompt + rest + "\n<s>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello", "Llamas of the world, unite", "¿Qué?",
      "once"}) void greedy_afterUnknownText_beginsTheStory(String prompt) throws IOException {
    assertThat(tell(checkpoint, prompt + " zz")).endsWith(" zz " + SENTENCE + "\n<s>\n");
  }

  /** Far from the beginning, where the fast pairs of the rotation have turned many times. */
  @Test void greedy_afterALongPrompt_stillTellsTheWholeStory() throws IOException {
    String prompt = "zz! ".repeat(52) + "zz";

    assertThat(text.encode(prompt)).hasSizeBetween(200, 256 - 41);
    assertThat(tell(checkpoint, prompt)).isEqualTo(prompt + " " + SENTENCE + "\n<s>\n");
  }

  @Test void everyStep_atTemperatureOne_isAllButCertain() throws IOException {
    assertThat(leastMargin(checkpoint)).as("logit of the next token over the second").isGreaterThan(25);
  }

  /** What the model needs of the forward pass: it can serve as a test of all of it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_FEED_FORWARD_IN_LAYER_1") void sentence_withAMistakeInTheForwardPass_isLost(
      ReferenceForward.Mistake mistake) throws IOException {
    assertThat(tell(checkpoint, "", mistake)).isNotEqualTo(SENTENCE + "\n<s>\n");
  }

  @Test void sentence_withoutTheLastFeedForwardBlock_isLessCertain() throws IOException {
    assertThat(leastMargin(checkpoint, ReferenceForward.Mistake.NO_FEED_FORWARD_IN_LAYER_1))
        .isLessThan(leastMargin(checkpoint) / 2);
  }

  @Test void shape_isSmallAndUnlikeInEveryDimension() throws IOException {
    var model = checkpoint.configuration();

    assertThat(checkpoint.byteSize()).isLessThan(1 << 20);
    assertThat(List.of(model.dim(), model.hiddenDim(), model.layers(), model.heads(), model.kvHeads()))
        .containsExactly(64, 41, 2, 4, 2);
    assertThat(model.vocabSize()).isEqualTo(checkpoint.vocabulary().orElseThrow().pieces().size());
    assertThat(CheckpointSummary.of(checkpoint).sharedClassifier()).isFalse();
  }

  @Test void vocabulary_hasControlsBytesAndEveryPrintableCharacterOnce() {
    List<Piece> pieces = checkpoint.vocabulary().orElseThrow().pieces();

    assertThat(pieces).extracting(Piece::text).doesNotHaveDuplicates().contains(" ", "a", "~", " time", " ti", "\n");
    assertThat(pieces.subList(0, 3)).extracting(Piece::kind).containsExactly(Kind.UNKNOWN, Kind.CONTROL, Kind.CONTROL);
    assertThat(pieces.subList(3, 259)).extracting(Piece::kind).containsOnly(Kind.BYTE);
    assertThat(pieces.get(3 + 0xC3).text()).isEqualTo("<0xC3>");
    assertThat(pieces.subList(259, pieces.size())).extracting(Piece::kind).containsOnly(Kind.NORMAL);
  }

  @Test void vocabulary_sentence_isOneTokenAWord() {
    assertThat(text.encode(SENTENCE)).hasSize(1 + 40);
    assertThat(text.encode("hello")).as("he ll o, by merges that are not of the story").hasSize(1 + 1 + 3);
  }

  @Test void write_asLlama2cFile_readsBackAndTellsTheSame(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("llama.bin");
    Llama2cV0Format format = new Llama2cV0Format();
    format.write(checkpoint, file);

    try (Checkpoint read = format.open(file, Samples.ENCODINGS)) {
      assertThat(read.configuration()).isEqualTo(checkpoint.configuration());
      assertThat(tell(read, "Once upon")).isEqualTo(SENTENCE + "\n<s>\n");
    }
  }

  private String tell(Checkpoint told, String prompt, ReferenceForward.Mistake... mistakes) throws IOException {
    ReferenceForward forward = new ReferenceForward(told, mistakes);
    List<Integer> tokens = text.encode(prompt);
    for (int i = 0; i < told.configuration().contextLength(); i++) {
      double[] logits = forward.next(tokens.get(i));
      if (i == tokens.size() - 1) {
        tokens.add(best(logits));
        if (tokens.getLast() == 1) {
          break;
        }
      }
    }
    return text.decode(tokens.subList(1, tokens.size()));
  }

  private double leastMargin(Checkpoint told, ReferenceForward.Mistake... mistakes) throws IOException {
    ReferenceForward forward = new ReferenceForward(told, mistakes);
    List<Integer> tokens = new ArrayList<>(text.encode(SENTENCE));
    tokens.add(1);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      double[] logits = forward.next(tokens.get(i));
      double wanted = logits[tokens.get(i + 1)];
      logits[tokens.get(i + 1)] = Double.NEGATIVE_INFINITY;
      least = Math.min(least, wanted - Arrays.stream(logits).max().orElseThrow());
    }
    return least;
  }

  private static int best(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
