package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * An encoding whose elements come in groups that share a scale, and maybe a minimum: element = scale * level − minimum.
 *
 * <p>Kernels multiply levels first and scale the sum of a group once, so the levels are part of the contract. A group never
 * crosses a block.
 *
 * @since 0.1
 */
public interface ScaledEncoding extends Encoding {

  /** Elements in a group; divides {@link #blockSize()}. */
  int groupSize();

  /** Whether groups have a minimum; if not, {@code minimums} is not touched. */
  boolean hasMinimum();

  /**
   * Decodes whole blocks without applying the scales.
   *
   * @param levels {@code (count,)}, small integers as floats
   * @param scales {@code (count / groupSize,)}
   * @param minimums {@code (count / groupSize,)}, subtracted
   * @param count elements, a multiple of {@link #blockSize()}
   */
  void decodeGroups(MemorySegment in, long inOffset, float[] levels, float[] scales, float[] minimums, int count);
}
