package dev.cria.checkpoints;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The 28 bytes at the start of a llama2.c file of version 0: seven int32, little-endian.
 *
 * @param signedVocab tokens, negative where the classifier is a matrix of its own
 */
record Llama2cHeader(int dim, int hiddenDim, int layers, int heads, int kvHeads, int signedVocab, int contextLength) {

  static final int BYTES = 7 * Integer.BYTES;

  /** What every reader of these files takes for granted, since the header has no room for it. */
  static final float NORM_EPSILON = 1e-5f;

  static final double ROPE_THETA = 10_000;

  /** Something wrong, and the byte of the header where it stands. */
  record Problem(int offset, String text) {}

  private record Field(String name, long value, int most) {
    boolean inRange() {
      return value >= 1 && value <= most;
    }
  }

  /** Reads the fields from the first 28 bytes, little-endian. */
  static Llama2cHeader read(ByteBuffer head) {
    return new Llama2cHeader(head.getInt(0), head.getInt(4), head.getInt(8), head.getInt(12), head.getInt(16),
        head.getInt(20), head.getInt(24));
  }

  static Llama2cHeader of(ModelConfiguration model, boolean sharedClassifier) {
    return new Llama2cHeader(model.dim(), model.hiddenDim(), model.layers(), model.heads(), model.kvHeads(),
        sharedClassifier ? model.vocabSize() : -model.vocabSize(), model.contextLength());
  }

  boolean sharedClassifier() {
    return signedVocab > 0;
  }

  /** How many of the seven fields no model could have. */
  int fieldsOutOfRange() {
    return (int) fields().stream().filter(field -> !field.inRange()).count();
  }

  /** The first thing wrong with this header, if any. */
  Optional<Problem> problem() {
    List<Field> fields = fields();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (!field.inRange()) {
        return Optional.of(new Problem(i * Integer.BYTES, String.format(Locale.ROOT,
            "%s is %d, expected 1 to %,d", field.name, get(i), field.most)));
      }
    }
    if (dim % heads != 0) {
      return Optional.of(new Problem(12, "heads is " + heads + ", which does not divide dim " + dim));
    }
    if (heads % kvHeads != 0) {
      return Optional.of(new Problem(16, "kvHeads is " + kvHeads + ", which does not divide heads " + heads));
    }
    if (dim / heads % 2 != 0) {
      return Optional.of(new Problem(12, "heads is " + heads + ", so that a head has " + dim / heads
          + " elements, expected an even number (rope rotates pairs)"));
    }
    return Optional.empty();
  }

  ModelConfiguration configuration() {
    int headDim = dim / heads;
    return new ModelConfiguration("llama", dim, hiddenDim, layers, heads, kvHeads, headDim, Math.abs(signedVocab),
        contextLength, NORM_EPSILON, new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, ROPE_THETA, headDim));
  }

  void write(ByteBuffer out) {
    for (int i = 0; i < 7; i++) {
      out.putInt(get(i));
    }
  }

  @Override public String toString() {
    return "header (dim " + dim + ", hidden " + hiddenDim + ", layers " + layers + ", heads " + heads + ", kvHeads "
        + kvHeads + ", vocab " + signedVocab + ", context " + contextLength + ")";
  }

  private List<Field> fields() {
    return List.of(new Field("dim", dim, ModelLimits.DIM), new Field("hidden", hiddenDim, ModelLimits.HIDDEN_DIM),
        new Field("layers", layers, ModelLimits.LAYERS), new Field("heads", heads, ModelLimits.HEADS),
        new Field("kvHeads", kvHeads, ModelLimits.HEADS),
        new Field("vocab", Math.abs((long) signedVocab), ModelLimits.VOCABULARY),
        new Field("context", contextLength, ModelLimits.CONTEXT));
  }

  private int get(int field) {
    return switch (field) {
      case 0 -> dim;
      case 1 -> hiddenDim;
      case 2 -> layers;
      case 3 -> heads;
      case 4 -> kvHeads;
      case 5 -> signedVocab;
      default -> contextLength;
    };
  }
}
