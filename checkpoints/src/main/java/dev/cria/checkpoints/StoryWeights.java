package dev.cria.checkpoints;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.RopeLayout;
import java.util.ArrayList;
import java.util.List;

/** Sets the weights of {@link SentenceCheckpoint}; how they work is told there. */
final class StoryWeights {

  /*
   * The residual stream (64) is four slots of 16. In each, 15 elements hold the code of a word; the 16th of the first slot
   * is always one, so that matrices can have constants.
   */
  private static final int SLOT = 16;
  private static final int CODE = SLOT - 1;
  private static final int CURRENT = 0;
  private static final int ONE = CURRENT + CODE;
  private static final int PREVIOUS = SLOT;
  private static final int BEFORE = 2 * SLOT;
  private static final int NEXT = 3 * SLOT;
  private static final int DIM = 4 * SLOT;

  /* How large a sign is in the residual stream. The norms bring it back to 1, and without them nothing works. */
  private static final double STREAM = 0.25;

  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int HEAD = DIM / HEADS;
  private static final int PAIRS = HEAD / 2;
  private static final int CONTEXT = 256;

  /* How much stronger than 1 a signal is made, so that softmax and silu come out nearly hard. */
  private static final double POSITION = 14; // queries and keys that look some words back
  private static final double SEARCH = 24; // queries and keys that look for a word
  private static final double GATE = 40;
  private static final double SQUELCH = 0.8; // what a place that was said loses
  private static final double SQUARE_GATE = 8;
  private static final double SQUARE = 4;
  private static final double LOUDNESS = 5; // of the final norm: logits of words lie this many times 15 apart
  private static final double SILENCE = 250; // what other tokens than words lose

  private final Story story;
  private final Vocabulary vocabulary;
  private final ModelConfiguration model;
  private final List<GeneratedTensor> tensors = new ArrayList<>();

  StoryWeights(Story story, Vocabulary vocabulary) {
    this.story = story;
    this.vocabulary = vocabulary;
    this.model = new ModelConfiguration("llama", DIM, story.steps().size(), 2, HEADS, KV_HEADS, HEAD,
        vocabulary.pieces().size(), CONTEXT, Llama2cHeader.NORM_EPSILON,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, Llama2cHeader.ROPE_THETA, HEAD));
    add(TensorNames.TOKEN_EMBEDDING, embedding());
    lookBack(0);
    foresee(0);
    findWhatWasSaid(1);
    sharpen(1);
    WeightTable finalNorm = WeightTable.gains(DIM, 1);
    for (int i = 0; i < CODE; i++) {
      finalNorm.set(0, NEXT + i, LOUDNESS);
    }
    add(TensorNames.FINAL_NORM, finalNorm);
    add(TensorNames.LM_HEAD, classifier());
  }

  ModelConfiguration model() {
    return model;
  }

  List<GeneratedTensor> tensors() {
    return tensors;
  }

  /**
   * The code of a word: 15 signs, a Reed-Muller code of order 1 without its first place. Codes agree in 7 or 8 places, but
   * those 16 apart in none: what takes a word away speaks for its opposite. So words 1 to 4, the places, have no opposite.
   */
  private static float[] code(int word) {
    int number = word <= 16 ? word : word + Story.PLACES.size();
    float[] code = new float[CODE];
    for (int i = 0; i < CODE; i++) {
      boolean minus = (Integer.bitCount(number & (i + 1)) & 1) != number >> 4;
      code[i] = minus ? -1 : 1;
    }
    return code;
  }

  /** A word is its code; whatever is not a word of the story counts as its beginning. */
  private WeightTable embedding() {
    WeightTable table = WeightTable.zeros(model.vocabSize(), DIM);
    for (int token = 0; token < model.vocabSize(); token++) {
      table.setRow(token, CURRENT, code(Math.max(0, word(token))), STREAM);
      table.set(token, ONE, STREAM);
    }
    return table;
  }

  /**
   * Attention that copies the codes one and two words back into PREVIOUS and BEFORE. A key is constant, a query is turned
   * back by one or two positions, so that they meet there and nowhere else. Each key-value head carries half a code, and
   * serves a query head for either distance.
   */
  private void lookBack(int layer) {
    add(TensorNames.attentionNorm(layer), WeightTable.gains(DIM, rms(SLOT)));
    WeightTable query = WeightTable.zeros(model.queryDim(), DIM);
    WeightTable key = WeightTable.zeros(model.kvDim(), DIM);
    WeightTable value = WeightTable.zeros(model.kvDim(), DIM);
    WeightTable out = WeightTable.zeros(DIM, model.queryDim());
    for (int head = 0; head < HEADS; head++) {
      int kvHead = head / (HEADS / KV_HEADS);
      int back = 1 + head % 2;
      int first = kvHead * PAIRS; // of the half of the code
      for (int pair = 0; pair < PAIRS; pair++) {
        double angle = back * Math.pow(Llama2cHeader.ROPE_THETA, -2.0 * pair / HEAD);
        query.set(head * HEAD + 2 * pair, ONE, POSITION * Math.cos(angle));
        query.set(head * HEAD + 2 * pair + 1, ONE, -POSITION * Math.sin(angle));
        key.set(kvHead * HEAD + 2 * pair, ONE, POSITION);
      }
      for (int i = 0; i < PAIRS && first + i < CODE; i++) {
        value.set(kvHead * HEAD + i, CURRENT + first + i, 1);
        out.set((back == 1 ? PREVIOUS : BEFORE) + first + i, head * HEAD + i, STREAM);
      }
    }
    addAttention(layer, query, key, value, out);
  }

  /**
   * A feed-forward block with one unit for each step of the story. The gains of the norm say how much each word of the past
   * counts: 4, 2 and 1. A unit fires once the current word fits, the more the further back the story fits, and adds the
   * code of the next word to NEXT.
   */
  private void foresee(int layer) {
    double rms = rms(3 * CODE + 1);
    WeightTable norm = WeightTable.gains(DIM, rms);
    for (int i = 0; i < CODE; i++) {
      norm.set(0, CURRENT + i, 4 * rms);
      norm.set(0, PREVIOUS + i, 2 * rms);
    }
    add(TensorNames.ffnNorm(layer), norm);
    WeightTable gate = WeightTable.zeros(model.hiddenDim(), DIM);
    WeightTable up = WeightTable.zeros(model.hiddenDim(), DIM);
    WeightTable down = WeightTable.zeros(DIM, model.hiddenDim());
    double threshold = 3.5; // of 4 + 2 + 1: reached by the current word, not by the other two
    for (int unit = 0; unit < story.steps().size(); unit++) {
      Story.Step step = story.steps().get(unit);
      gate.setRow(unit, CURRENT, code(step.current()), GATE / CODE);
      gate.setRow(unit, PREVIOUS, code(step.previous()), GATE / CODE);
      gate.setRow(unit, BEFORE, code(step.before()), GATE / CODE);
      gate.set(unit, ONE, -GATE * threshold);
      up.set(unit, ONE, 1);
      double loudness = 1 - 0.15 * story.earlierAlternatives(step);
      down.addColumn(NEXT, unit, code(step.next()), STREAM * loudness / (GATE * threshold));
    }
    addFeedForward(layer, gate, up, down);
  }

  /**
   * Attention that finds places by their code, wherever they were said, and takes them out of NEXT. It uses the slowest
   * pairs of the rotation, which hardly turn within the context. The two key-value heads look at two places each.
   */
  private void findWhatWasSaid(int layer) {
    add(TensorNames.attentionNorm(layer), WeightTable.gains(DIM, 1));
    WeightTable query = WeightTable.zeros(model.queryDim(), DIM);
    WeightTable key = WeightTable.zeros(model.kvDim(), DIM);
    WeightTable value = WeightTable.zeros(model.kvDim(), DIM);
    WeightTable out = WeightTable.zeros(DIM, model.queryDim());
    for (int head = 0; head < HEADS; head++) {
      float[] place = code(story.number(Story.PLACES.get(head)));
      int kvHead = head / (HEADS / KV_HEADS);
      int pair = PAIRS - 1 - head % 2;
      query.set(head * HEAD + 2 * pair, ONE, SEARCH);
      key.setRow(kvHead * HEAD + 2 * pair, CURRENT, place, SEARCH / CODE);
      for (int i = 0; i < CODE; i++) {
        value.set(kvHead * HEAD + i, CURRENT + i, 1);
        out.addColumn(NEXT, head * HEAD + i, place, -STREAM * SQUELCH * place[i] / CODE);
      }
    }
    addAttention(layer, query, key, value, out);
  }

  /** A feed-forward block with one unit for each word, which squares its part of NEXT: the strong grow stronger. */
  private void sharpen(int layer) {
    add(TensorNames.ffnNorm(layer), WeightTable.gains(DIM, 1));
    WeightTable gate = WeightTable.zeros(model.hiddenDim(), DIM);
    WeightTable up = WeightTable.zeros(model.hiddenDim(), DIM);
    WeightTable down = WeightTable.zeros(DIM, model.hiddenDim());
    for (int word = 0; word < story.words().size(); word++) {
      gate.setRow(word, NEXT, code(word), SQUARE_GATE / CODE);
      up.setRow(word, NEXT, code(word), 1.0 / CODE);
      down.addColumn(NEXT, word, code(word), STREAM * SQUARE / SQUARE_GATE);
    }
    addFeedForward(layer, gate, up, down);
  }

  /** The logit of a word is how far NEXT agrees with its code; of other tokens it is far below. */
  private WeightTable classifier() {
    WeightTable table = WeightTable.zeros(model.vocabSize(), DIM);
    for (int token = 0; token < model.vocabSize(); token++) {
      int word = word(token);
      if (word < 0) {
        table.set(token, ONE, -SILENCE);
      } else {
        table.setRow(token, NEXT, code(word), 1);
      }
    }
    return table;
  }

  /** The word of the story that a token is, or −1. */
  private int word(int token) {
    return token == StoryVocabulary.BOS ? 0 : story.number(vocabulary.pieces().get(token).text());
  }

  /** The root mean square of a residual stream in which that many elements are signs: as a gain, it makes them 1 or −1. */
  private static double rms(int ones) {
    return Math.sqrt((double) ones / DIM);
  }

  private void addAttention(int layer, WeightTable query, WeightTable key, WeightTable value, WeightTable out) {
    add(TensorNames.qProj(layer), query);
    add(TensorNames.kProj(layer), key);
    add(TensorNames.vProj(layer), value);
    add(TensorNames.oProj(layer), out);
  }

  private void addFeedForward(int layer, WeightTable gate, WeightTable up, WeightTable down) {
    add(TensorNames.gateProj(layer), gate);
    add(TensorNames.upProj(layer), up);
    add(TensorNames.downProj(layer), down);
  }

  private void add(String name, WeightTable table) {
    tensors.add(new GeneratedTensor(name, table.rows(), table.cols(), table::open));
  }
}
