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

  /** Whether groups have a minimum; if not, there are none after the scales. */
  boolean hasMinimum();

  /**
   * The lowest level that blocks can hold. Where levels are integers of a narrow range, kernels pack them in as few bits.
   *
   * <p>By default levels may be any numbers, and nothing is packed.
   */
  default int lowestLevel() {
    return Integer.MIN_VALUE;
  }

  /** The highest level that blocks can hold; see {@link #lowestLevel}. */
  default int highestLevel() {
    return Integer.MAX_VALUE;
  }

  /**
   * Decodes whole blocks without applying the scales.
   *
   * @param in the bytes
   * @param inOffset where the first block starts, in bytes
   * @param out from {@code outOffset} on: {@code (count,)} levels, small integers as floats; then {@code (count / groupSize,)}
   *     scales; then, if groups have one, {@code (count / groupSize,)} minimums
   * @param count elements, a multiple of {@link #blockSize()}
   */
  void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count);

  /**
   * Whether scales and minimums are products of a float of their block and an integer of the group, from −128 to 127: then
   * {@link #decodeFactors} gives both, and kernels may keep them as small as they are.
   *
   * <p>By default they may be any floats.
   */
  default boolean scalesAreProducts() {
    return false;
  }

  /**
   * Decodes what the scales and minimums of whole blocks are products of, if {@linkplain #scalesAreProducts they are any}: the
   * scale of a group is its integer times the float of its block, rounded to float, and the minimum likewise.
   *
   * @param in the bytes
   * @param inOffset where the first block starts, in bytes
   * @param out from {@code outOffset} on: {@code (count / groupSize,)} integers of scales, as floats; then, if groups have a
   *     minimum, as many of minimums; then {@code (count / blockSize,)} floats of scales; then maybe as many of minimums
   * @param count elements, a multiple of {@link #blockSize()}
   * @throws UnsupportedOperationException if scales are no products
   */
  default void decodeFactors(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    throw new UnsupportedOperationException("the scales of " + name() + " are not products");
  }
}
