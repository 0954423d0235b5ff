package dev.cria.api.sampling;

/**
 * The tokens that may still come next, with their logits: what the steps of a sampler work on, in place.
 *
 * <p>Entries {@code [0, size())} of {@link #ids} and {@link #logits} count. At the start of a chain they are all tokens in
 * order of id. A step may reorder and shorten them; it never adds one and never drops the last one.
 *
 * @since 0.1
 */
public final class Candidates {

  private final int[] ids;
  private final float[] logits;
  private int size;

  /** Creates room for a vocabulary. */
  public Candidates(int vocabSize) {
    if (vocabSize < 1) {
      throw new IllegalArgumentException("vocabSize must be positive, got " + vocabSize);
    }
    this.ids = new int[vocabSize];
    this.logits = new float[vocabSize];
  }

  /**
   * Starts anew with all tokens in order of id.
   *
   * @param source {@code (vocabSize,)} at {@code offset}, copied
   */
  public void reset(float[] source, int offset) {
    System.arraycopy(source, offset, logits, 0, logits.length);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    size = ids.length;
  }

  /** Token ids, {@code (vocabSize,)}; the first {@link #size()} count. */
  public int[] ids() {
    return ids;
  }

  /** Logits of the tokens, {@code (vocabSize,)}; the first {@link #size()} count. */
  public float[] logits() {
    return logits;
  }

  /** How many candidates are left, at least 1. */
  public int size() {
    return size;
  }

  /** Keeps the first {@code count} candidates. */
  public void shorten(int count) {
    if (count < 1 || count > size) {
      throw new IllegalArgumentException("must keep between 1 and " + size + " candidates, got " + count);
    }
    size = count;
  }
}
