package dev.cria.checkpoints;

/** Sizes that no model reaches: what is beyond them is damage, and would take memory before it is noticed. */
final class ModelLimits {

  static final int DIM = 1 << 20;
  static final int HIDDEN_DIM = 1 << 22;
  static final int LAYERS = 1024;
  static final int HEADS = 1 << 16;
  static final int HEAD_DIM = 1 << 16;
  static final int VOCABULARY = 1 << 24;
  static final int CONTEXT = 1 << 24;

  private ModelLimits() {}
}
