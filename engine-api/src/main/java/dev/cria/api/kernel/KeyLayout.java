package dev.cria.api.kernel;

/**
 * How the keys of one head lie within a block of a {@link KvView}.
 *
 * @since 0.1
 */
public enum KeyLayout {
  /** {@code (headDim, blockSize)}: element {@code i} of all positions side by side, so that a lane is a position. */
  BY_DIM,
  /** {@code (blockSize, headDim)}: position after position, each encoded as a row; for encodings with blocks. */
  BY_POSITION
}
