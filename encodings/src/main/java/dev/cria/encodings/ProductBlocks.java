package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/** Scaled blocks of groups whose scales are integers times a float of the block; so are their minimums, if they have any. */
abstract class ProductBlocks extends ScaledBlocks {

  ProductBlocks(String name, int blockSize, int groupSize, int blockBytes, int lowestLevel, int highestLevel) {
    super(name, blockSize, groupSize, blockBytes, lowestLevel, highestLevel);
  }

  /** The float of the scales of the block that starts at byte {@code block}. */
  abstract float factor(MemorySegment in, long block);

  /** The integer of the scale of a group of that block. */
  abstract int multiplier(MemorySegment in, long block, int group);

  /** The float of the minimums of that block, if groups have one. */
  float minimumFactor(MemorySegment in, long block) {
    throw new IllegalStateException(name() + ": groups have no minimum");
  }

  /** The integer of the minimum of a group of that block, if groups have one. */
  int minimumMultiplier(MemorySegment in, long block, int group) {
    throw new IllegalStateException(name() + ": groups have no minimum");
  }

  @Override public final boolean scalesAreProducts() {
    return true;
  }

  @Override final float scale(MemorySegment in, long block, int group) {
    return factor(in, block) * multiplier(in, block, group);
  }

  @Override final float minimum(MemorySegment in, long block, int group) {
    return minimumFactor(in, block) * minimumMultiplier(in, block, group);
  }

  @Override public final void decodeFactors(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    int perBlock = blockSize() / groupSize();
    int groups = count / groupSize();
    int blocks = count / blockSize();
    int ofBlocks = outOffset + (hasMinimum() ? 2 * groups : groups);
    for (int b = 0; b < blocks; b++) {
      long block = inOffset + (long) b * blockBytes();
      out[ofBlocks + b] = factor(in, block);
      if (hasMinimum()) {
        out[ofBlocks + blocks + b] = minimumFactor(in, block);
      }
      for (int g = 0; g < perBlock; g++) {
        int group = outOffset + b * perBlock + g;
        out[group] = multiplier(in, block, g);
        if (hasMinimum()) {
          out[group + groups] = minimumMultiplier(in, block, g);
        }
      }
    }
  }
}
