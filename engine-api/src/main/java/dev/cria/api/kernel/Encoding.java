package dev.cria.api.kernel;

import dev.cria.api.Provider;
import java.lang.foreign.MemorySegment;

/**
 * How numbers of a matrix row are written as bytes: in blocks of a fixed number of elements and bytes, little-endian.
 *
 * <p>Found by {@link java.util.ServiceLoader}, so that a third party can add one. Stateless; one instance serves all
 * threads. An encoding implements exactly one of two kinds: this interface alone, if every element is a number of its own
 * (F32, F16, BF16), or {@link ScaledEncoding}, if elements share scales. Two encodings of the same name are the same.
 *
 * @since 0.1
 */
public interface Encoding extends Provider {

  /** The name of IEEE 754 binary32, the one encoding that every kernel takes. */
  String F32 = "f32";

  /** The most elements that a block may have: what kernels decode at a time. */
  int MAX_BLOCK_SIZE = 512;

  /** Elements in a block, in {@code [1, MAX_BLOCK_SIZE]}; a row is a whole number of blocks. */
  int blockSize();

  /** Bytes of a block, at least 1. */
  int blockBytes();

  /** Bytes of a row of that many elements; {@code elements} is a multiple of {@link #blockSize()}. */
  default long rowBytes(int elements) {
    if (elements % blockSize() != 0) {
      throw new IllegalArgumentException(
          name() + ": a row of " + elements + " elements is no whole number of blocks of " + blockSize());
    }
    return (long) (elements / blockSize()) * blockBytes();
  }

  /**
   * Decodes whole blocks.
   *
   * @param in the bytes
   * @param inOffset where the first block starts, in bytes
   * @param out {@code (count,)} at {@code outOffset}
   * @param count elements, a multiple of {@link #blockSize()}
   */
  void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count);

  /**
   * Encodes whole blocks, rounding as the encoding defines.
   *
   * @param in {@code (count,)} at {@code inOffset}
   * @param out where the bytes go
   * @param outOffset where the first block starts, in bytes
   * @param count elements, a multiple of {@link #blockSize()}
   */
  void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count);
}
