package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * An encoding that is only sizes.
 *
 * @param name of it
 * @param blockSize elements of a block
 * @param blockBytes bytes of a block
 */
record PlainEncoding(String name, int blockSize, int blockBytes) implements Encoding {

  static final PlainEncoding F32 = new PlainEncoding(Encoding.F32, 1, Float.BYTES);

  /** A matrix of zeros. */
  WeightMatrix zeros(String matrix, int rows, int cols) {
    return WeightMatrix.rowMajor(matrix, rows, cols, this,
        MemorySegment.ofArray(new byte[(int) (rows * rowBytes(cols))]));
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    throw new UnsupportedOperationException(name);
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    throw new UnsupportedOperationException(name);
  }
}
