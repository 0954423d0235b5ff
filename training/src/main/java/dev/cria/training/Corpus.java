package dev.cria.training;

import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * Documents as tokens, each after BOS.
 *
 * @param tokens of all documents, one after another
 * @param starts where each begins, and at the end where the last one ends: {@code (documents + 1,)}
 * @param bos the token that begins a document
 */
record Corpus(int[] tokens, int[] starts, int bos) {

  /** Encodes documents. */
  static Corpus encode(List<String> documents, Tokenizer tokenizer) {
    int[] tokens = new int[1 << 16];
    int[] starts = new int[documents.size() + 1];
    for (int i = 0; i < documents.size(); i++) {
      int[] some = tokenizer.encode(documents.get(i), EncodeOptions.PROMPT);
      int end = Math.addExact(starts[i], some.length);
      if (end > tokens.length) {
        tokens = Arrays.copyOf(tokens, Math.clamp(2L * end, 0, Integer.MAX_VALUE - 8));
      }
      System.arraycopy(some, 0, tokens, starts[i], some.length);
      starts[i + 1] = end;
    }
    int bos = tokenizer.vocabulary().special().bos().orElseThrow();
    return new Corpus(Arrays.copyOf(tokens, starts[documents.size()]), starts, bos);
  }

  int documents() {
    return starts.length - 1;
  }
}
