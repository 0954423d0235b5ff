package dev.cria.checkpoints;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a {@link SyntheticCheckpoint} as seven sizes in a word, {@code 288x768x6x6x6x32000x256} for that of stories15M.
 *
 * @since 0.1
 */
public final class SyntheticShape {

  /** What the sizes are. */
  public static final String FORM = "DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT";

  private static final List<String> NAMES = List.of(FORM.split("x", -1));
  private static final String EXAMPLE = "288x768x6x6x6x32000x256";
  private static final float NORM_EPSILON = 1e-5f;
  private static final double ROPE_THETA = 10_000;

  private SyntheticShape() {}

  /**
   * Reads sizes written as in {@link #FORM}.
   *
   * @throws IllegalArgumentException if they are no shape of a Llama model
   */
  public static ModelConfiguration parse(String text) {
    String[] sizes = text.split("x", -1);
    if (sizes.length != NAMES.size()) {
      throw new IllegalArgumentException(
          "the shape must be " + FORM + ", " + NAMES.size() + " numbers such as " + EXAMPLE
              + ", got '" + text + "'");
    }
    int[] n = new int[sizes.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = size(NAMES.get(i), sizes[i]);
    }
    int dim = n[0];
    int heads = n[3];
    int kvHeads = n[4];
    require(dim % (2L * heads) == 0, "DIM must be a multiple of 2 * HEADS", dim, heads);
    require(heads % kvHeads == 0, "HEADS must be a multiple of KVHEADS", heads, kvHeads);
    int headDim = dim / heads;
    return new ModelConfiguration("llama", dim, n[1], n[2], heads, kvHeads, headDim, n[5], n[6], NORM_EPSILON,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, ROPE_THETA, headDim));
  }

  /** Writes the sizes as {@link #parse} reads them. */
  public static String format(ModelConfiguration c) {
    return IntStream.of(c.dim(), c.hiddenDim(), c.layers(), c.heads(), c.kvHeads(), c.vocabSize(), c.contextLength())
        .mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  private static int size(String name, String text) {
    try {
      int size = Integer.parseInt(text);
      if (size >= 1) {
        return size;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words as a size of 0
    }
    throw new IllegalArgumentException(name + " must be a whole number from 1 on, got '" + text + "'");
  }

  private static void require(boolean holds, String rule, int first, int second) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", got " + first + " and " + second);
    }
  }
}
