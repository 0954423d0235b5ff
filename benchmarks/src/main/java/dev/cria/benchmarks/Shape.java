package dev.cria.benchmarks;

/** The sizes of a model: that of stories15M for dim 288, that of Llama 2 7B for 4096. */
record Shape(int dim, int hiddenDim, int heads, int headDim) {

  /** The model of that width. */
  static Shape of(int dim) {
    return switch (dim) {
      case 288 -> new Shape(288, 768, 6, 48);
      case 4096 -> new Shape(4096, 11008, 32, 128);
      default -> throw new IllegalArgumentException("dim must be 288 or 4096, got " + dim);
    };
  }
}
