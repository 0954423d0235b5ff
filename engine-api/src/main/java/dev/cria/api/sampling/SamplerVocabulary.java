package dev.cria.api.sampling;

/**
 * The tokens that a sampler chooses among, as far as it may know them. Immutable.
 *
 * @since 0.1
 */
public interface SamplerVocabulary {

  /** How many tokens there are; ids are in {@code [0, size())}. */
  int size();

  /**
   * What a token stands for in a text, in UTF-8; it may be part of a character only.
   *
   * <p>It may be made anew at each call, so a step asks once for each token and remembers.
   *
   * @param token in {@code [0, size())}
   * @return never null; empty where the token stands for nothing, or nobody knows what for
   */
  byte[] bytes(int token);

  /** Tokens of which nothing but the number is known. */
  static SamplerVocabulary ofSize(int size) {
    return new Unnamed(size);
  }

  /**
   * Tokens without texts.
   *
   * @param size how many
   */
  record Unnamed(int size) implements SamplerVocabulary {

    private static final byte[] NOTHING = {};

    /** Checks the size. */
    public Unnamed {
      if (size < 1) {
        throw new IllegalArgumentException("vocabSize must be positive, got " + size);
      }
    }

    @Override public byte[] bytes(int token) {
      return NOTHING;
    }
  }
}
