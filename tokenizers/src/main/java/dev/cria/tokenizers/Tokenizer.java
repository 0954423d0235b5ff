package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;

/**
 * Turns text into token ids and back. Immutable, and safe for use by several threads.
 *
 * @since 0.1
 */
public interface Tokenizer {

  /**
   * The token ids of a text.
   *
   * <p>The text is taken verbatim, NUL characters too (llama2.c, with its C strings, stops there). A surrogate without its
   * partner is taken as U+FFFD.
   *
   * @throws IllegalArgumentException if BOS or EOS is asked for and the vocabulary has none
   */
  int[] encode(String text, EncodeOptions options);

  /**
   * The tokenizer of a vocabulary.
   *
   * @throws IllegalArgumentException if it is for an algorithm that is not here, wants something that is not, or is damaged;
   *     the message names it
   */
  static Tokenizer of(Vocabulary vocabulary) {
    String unsupported = vocabulary.metadata().get(Settings.UNSUPPORTED);
    if (unsupported != null) {
      throw new IllegalArgumentException(unsupported);
    }
    return switch (vocabulary.model()) {
      case SENTENCEPIECE_BPE -> new SentencePieceBpe(vocabulary);
      case BYTE_LEVEL_BPE -> new ByteLevelBpe(vocabulary);
      case OTHER -> throw new IllegalArgumentException("it is of the kind '"
          + vocabulary.metadata().getOrDefault("model", "unknown")
          + "', which is not supported; those that are: SentencePiece BPE and byte-level BPE");
    };
  }

  /** The pieces. */
  Vocabulary vocabulary();

  /**
   * The piece of a token.
   *
   * @throws IllegalArgumentException if it is not an id of the vocabulary
   */
  default Vocabulary.Piece piece(int token) {
    if (token < 0 || token >= vocabSize()) {
      throw new IllegalArgumentException("token must be in [0, " + vocabSize() + "), got " + token);
    }
    return vocabulary().pieces().get(token);
  }

  /** How many tokens there are; ids are in {@code [0, vocabSize())}. */
  default int vocabSize() {
    return vocabulary().pieces().size();
  }

  /**
   * The bytes that a token stands for in a text, after another token; they may be part of a character only.
   *
   * @param previous the token before it, or −1 where there is none or it does not matter
   * @param token its id
   * @return never null; a copy
   * @throws IllegalArgumentException if {@code token} is not an id of the vocabulary
   */
  byte[] bytes(int previous, int token);

  /**
   * The text of a whole list of tokens; the inverse of {@link #encode}, with or without BOS.
   *
   * <p>Every BOS is left out. Other control tokens are spelled. Bytes that are no valid UTF-8 become U+FFFD.
   *
   * @throws IllegalArgumentException if one is not an id of the vocabulary
   */
  default String decode(int[] tokens) {
    StreamDecoder decoder = StreamDecoder.utf8(this);
    StringBuilder text = new StringBuilder();
    int previous = vocabulary().special().bos().orElse(-1);
    for (int token : tokens) {
      text.append(decoder.next(previous, token));
      previous = token;
    }
    return text.append(decoder.end()).toString();
  }
}
