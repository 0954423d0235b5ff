package dev.cria.api.checkpoint;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.RopeLayout;
import java.util.List;

/**
 * The shape of a Llama model and the constants of its formulas.
 *
 * @param architecture as the file names it, {@code llama} where it does not
 * @param dim width of the residual stream
 * @param hiddenDim width of the feed-forward block
 * @param layers transformer blocks
 * @param heads query heads
 * @param kvHeads key-value heads; divides {@code heads}
 * @param headDim elements of a head; even
 * @param vocabSize tokens
 * @param contextLength positions the model was made for
 * @param normEpsilon added to the mean square in every norm
 * @param rope rotary embedding
 * @param attention what attention has beyond plain Llama
 * @since 0.1
 */
public record ModelConfiguration(
    String architecture,
    int dim,
    int hiddenDim,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int vocabSize,
    int contextLength,
    float normEpsilon,
    Rope rope,
    Attention attention) {

  /**
   * Rotary position embedding.
   *
   * @param layout which elements make a pair in this checkpoint's query and key projections
   * @param theta base of the frequencies; Llama 2 uses 10000
   * @param rotaryDim elements of a head that rotate
   * @param divisors of the frequencies, {@code (rotaryDim / 2,)}, by which a model was stretched to a longer context; empty
   *     for none
   */
  public record Rope(RopeLayout layout, double theta, int rotaryDim, List<Double> divisors) {

    /** Checks that there is a positive divisor for each pair, or none. */
    public Rope {
      divisors = List.copyOf(divisors);
      if (!divisors.isEmpty() && divisors.size() != rotaryDim / 2) {
        throw new IllegalArgumentException("rope has " + divisors.size() + " divisors; expected one for each of the "
            + rotaryDim / 2 + " pairs");
      }
      for (double divisor : divisors) {
        if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "a divisor of rope's frequencies must be positive and finite, got " + divisor);
        }
      }
    }

    /** Frequencies as they are. */
    public Rope(RopeLayout layout, double theta, int rotaryDim) {
      this(layout, theta, rotaryDim, List.of());
    }
  }

  /**
   * What attention may have beyond plain Llama.
   *
   * @param window how many positions a token sees at most, its own included; {@link AttentionShape#UNLIMITED} for all
   * @param bias whether a bias is added to queries, keys and values
   * @param headNorm whether the queries and keys of each head are normalised before they rotate
   */
  public record Attention(int window, boolean bias, boolean headNorm) {

    /** Plain Llama. */
    public static final Attention PLAIN = new Attention(AttentionShape.UNLIMITED, false, false);

    /** Checks the window. */
    public Attention {
      positive("window", window);
    }
  }

  /** Checks that every size is positive and that heads fit together. */
  public ModelConfiguration {
    positive("dim", dim);
    positive("hiddenDim", hiddenDim);
    positive("layers", layers);
    positive("heads", heads);
    positive("kvHeads", kvHeads);
    positive("headDim", headDim);
    positive("vocabSize", vocabSize);
    positive("contextLength", contextLength);
    if (heads % kvHeads != 0) {
      throw new IllegalArgumentException("heads must be a multiple of kvHeads, got " + heads + " and " + kvHeads);
    }
    if (headDim % 2 != 0) {
      throw new IllegalArgumentException("headDim must be even (rope rotates pairs), got " + headDim);
    }
  }

  /** The configuration of a model with plain attention. */
  public ModelConfiguration(String architecture, int dim, int hiddenDim, int layers, int heads, int kvHeads,
      int headDim,
      int vocabSize, int contextLength, float normEpsilon, Rope rope) {
    this(architecture, dim, hiddenDim, layers, heads, kvHeads, headDim, vocabSize, contextLength, normEpsilon, rope,
        Attention.PLAIN);
  }

  /** Columns of the query: {@code heads * headDim}. */
  public int queryDim() {
    return Math.multiplyExact(heads, headDim);
  }

  /** Columns of the key and of the value: {@code kvHeads * headDim}. */
  public int kvDim() {
    return Math.multiplyExact(kvHeads, headDim);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, got " + value);
    }
  }
}
