package dev.cria.training;

import dev.cria.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Documents that a model is measured on and does not learn from. */
final class Validation {

  /**
   * Documents of both kinds, in the order of the text.
   *
   * @param learned most of them
   * @param measured a share that the seed picks
   */
  record Split(List<String> learned, List<String> measured) {}

  private final Optional<Windows> windows;
  private final long bytes; // of the text
  private final int bos;

  private Validation(Optional<Windows> windows, long bytes, int bos) {
    this.windows = windows;
    this.bytes = bytes;
    this.bos = bos;
  }

  /** Splits documents; the same seed splits alike. */
  static Split split(List<String> documents, double share, long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    List<String> learned = new ArrayList<>();
    List<String> measured = new ArrayList<>();
    for (String document : documents) {
      (random.nextDouble() < share && documents.size() > 1 ? measured : learned).add(document);
    }
    return new Split(learned.isEmpty() ? measured : learned, learned.isEmpty() ? List.of() : measured);
  }

  static Validation of(List<String> documents, Tokenizer tokenizer, int length) {
    Corpus corpus = Corpus.encode(documents, tokenizer);
    long bytes = documents.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    return new Validation(documents.isEmpty() ? Optional.empty() : Optional.of(new Windows(corpus, length, 0, 0)),
        bytes,
        corpus.bos());
  }

  /** Measures, if there are documents; the batch is overwritten. */
  Optional<TrainingListener.Evaluation> measure(TrainingPass pass, TrainingBatch batch, int step) {
    return windows.map(some -> measure(some, pass, batch, step));
  }

  private TrainingListener.Evaluation measure(Windows some, TrainingPass pass, TrainingBatch batch, int step) {
    double loss = 0;
    double textLoss = 0;
    long targets = 0;
    for (int first = 0; first < some.count(); first += batch.sequences()) {
      for (int i = 0; i < batch.sequences(); i++) {
        if (first + i < some.count()) {
          some.write(first + i, batch, i);
        } else {
          Arrays.fill(batch.targets(), i * batch.length(), (i + 1) * batch.length(), TrainingBatch.NONE);
        }
      }
      loss += pass.loss(batch);
      targets += batch.targetCount();
      for (int row = 0; row < batch.rows(); row++) {
        textLoss += batch.targets()[row] == bos ? 0 : pass.losses()[row];
      }
    }
    return new TrainingListener.Evaluation(step, loss / targets, textLoss / Math.log(2) / bytes);
  }
}
