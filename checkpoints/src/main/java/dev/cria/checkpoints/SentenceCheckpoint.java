package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.Vocabulary;
import java.util.Map;
import java.util.Optional;

/**
 * A tiny model that knows one sentence, for tests of what runs models: not trained, but built, every weight set for a reason.
 *
 * <p>It is a whole Llama (2 layers, 4 query heads over 2 key-value heads, a classifier of its own), has a vocabulary that
 * can spell any text, and needs every part of the forward pass to tell its {@linkplain #SENTENCE sentence}: from nothing,
 * at temperature 0 or 1, or going on from any of its words in a prompt. It ends with the BOS token, as llama2.c's stories
 * do.
 *
 * <p><b>How it works.</b> A word is a code of 15 signs, nearly orthogonal to all others. The residual stream holds four of
 * them: the current word, the previous one, the one before, and what comes next.
 * <ol>
 * <li><b>Layer 0, attention: look back.</b> Two query heads share one key-value head; their queries are turned back by one
 *     and two positions, so that rotary embedding makes them meet the constant keys just there. Each key-value head carries
 *     half a code. This needs the rotation, its order of pairs, the causal mask and the grouping of heads.
 * <li><b>Layer 0, feed-forward: foresee.</b> One SwiGLU unit for each step of the sentence. The gains of its norm weigh
 *     the last three words 4 : 2 : 1; a unit fires when the current word fits, the more the further back it fits, and adds
 *     the code of its next word. "a" goes on with "time" after "upon", with "small" after "time"; ", and" with "then" after
 *     "three", with "in" after "woods".
 * <li><b>Layer 1, attention: find what was said.</b> "in the" is followed by valley, hills, woods and whole, and three
 *     words of the past cannot tell them all apart. Four heads search the whole past for these four by content, in the
 *     slow pairs of the rotation, and take out of the forecast what has been said.
 * <li><b>Layer 1, feed-forward: sharpen.</b> One unit for each word squares its share of the forecast.
 * </ol>
 * The final norm makes it loud, and the classifier compares it with the code of every word. Any token that is no word of
 * the sentence counts as its beginning, so that after an unknown prompt the story starts.
 *
 * @since 0.1
 */
public final class SentenceCheckpoint {

  /** What it tells from an empty prompt. */
  public static final String SENTENCE = Story.SENTENCE;

  /** Its {@link Checkpoint#source()}. */
  public static final String SOURCE = "sentence";

  private SentenceCheckpoint() {}

  /** Builds it, in memory. */
  public static Checkpoint open() {
    Story story = Story.of(SENTENCE);
    Vocabulary vocabulary = StoryVocabulary.of(story);
    StoryWeights weights = new StoryWeights(story, vocabulary);
    long bytes = weights.tensors().stream().mapToLong(GeneratedTensor::byteSize).sum();
    return new CheckpointContents(SOURCE, SOURCE, weights::model, CheckpointContents.byName(weights.tensors()),
        Optional.of(vocabulary), Map.of("description", "weights set by construction, so that one sentence comes out"),
        true, bytes, () -> {});
  }
}
