package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The keys and values of one layer of one sequence, in blocks of positions.
 *
 * <p>Position {@code p} is in block {@code p / blockSize()}, at {@code p % blockSize()}. A contiguous cache is one block; a
 * paged one has many, and sequences with a common prefix may share them. Within a block, for each key-value head in turn:
 * its keys in the {@linkplain #keyLayout() key layout}, then its values as {@code (blockSize, headDim)}, all in the
 * encoding. What no position has been stored to is undefined but may be read.
 *
 * @since 0.1
 */
public interface KvView {

  /** A block is a multiple of this many positions: what attention combines at a time. */
  int POSITIONS_MULTIPLE = 64;

  /** Key-value heads. */
  int kvHeads();

  /** Elements of a head. */
  int headDim();

  /** Positions in a block, a multiple of {@link #POSITIONS_MULTIPLE}. */
  int blockSize();

  /** Positions that fit; at most the blocks times their size. */
  int capacity();

  /** How keys and values are written. */
  Encoding encoding();

  /** How keys lie in a block. */
  KeyLayout keyLayout();

  /** The bytes of a block, native and 64-byte aligned; the same segment at every call. */
  MemorySegment block(int block);

  /** Where the keys of a head start within a block, in bytes. */
  default long keyOffset(int kvHead) {
    return 2L * kvHead * headBytes();
  }

  /** Where the values of a head start within a block, in bytes. */
  default long valueOffset(int kvHead) {
    return (2L * kvHead + 1) * headBytes();
  }

  /** Bytes of the keys, or of the values, of one head in a block. */
  default long headBytes() {
    return encoding().rowBytes(headDim() * blockSize());
  }
}
