package dev.cria.encodings;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;

/** What all scaled encodings share: a row is block after block, and each knows its levels, scales and minimums. */
abstract class ScaledBlocks implements ScaledEncoding {

  private final String name;
  private final int blockSize;
  private final int groupSize;
  private final int blockBytes;
  private final int lowestLevel;
  private final int highestLevel;

  ScaledBlocks(String name, int blockSize, int groupSize, int blockBytes, int lowestLevel, int highestLevel) {
    this.name = name;
    this.blockSize = blockSize;
    this.groupSize = groupSize;
    this.blockBytes = blockBytes;
    this.lowestLevel = lowestLevel;
    this.highestLevel = highestLevel;
  }

  @Override public final String name() {
    return name;
  }

  @Override public final int blockSize() {
    return blockSize;
  }

  @Override public final int groupSize() {
    return groupSize;
  }

  @Override public final int blockBytes() {
    return blockBytes;
  }

  @Override public final int lowestLevel() {
    return lowestLevel;
  }

  @Override public final int highestLevel() {
    return highestLevel;
  }

  @Override public boolean hasMinimum() {
    return false;
  }

  /** Decodes the levels of the block that starts at byte {@code block} to {@code out[at ..]}. */
  abstract void levels(MemorySegment in, long block, float[] out, int at);

  /** The scale of a group of that block. */
  abstract float scale(MemorySegment in, long block, int group);

  /** The minimum of a group of that block, if groups have one. */
  float minimum(MemorySegment in, long block, int group) {
    throw new IllegalStateException(name + ": groups have no minimum");
  }

  /** Encodes the block of elements {@code in[at ..]}. */
  abstract void encodeBlock(float[] in, int at, MemorySegment out, long block);

  @Override public final void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    int groups = blockSize / groupSize;
    int scale = outOffset + count;
    int minimum = scale + count / groupSize;
    long block = inOffset;
    for (int k = 0; k < count; k += blockSize) {
      levels(in, block, out, outOffset + k);
      for (int g = 0; g < groups; g++) {
        out[scale++] = scale(in, block, g);
        if (hasMinimum()) {
          out[minimum++] = minimum(in, block, g);
        }
      }
      block += blockBytes;
    }
  }

  @Override public final void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    long block = inOffset;
    for (int k = 0; k < count; k += blockSize) {
      levels(in, block, out, outOffset + k);
      for (int g = 0; g < blockSize / groupSize; g++) {
        apply(in, block, g, out, outOffset + k + g * groupSize);
      }
      block += blockBytes;
    }
  }

  private void apply(MemorySegment in, long block, int group, float[] out, int at) {
    float scale = scale(in, block, group);
    if (hasMinimum()) {
      float minimum = minimum(in, block, group);
      for (int i = at; i < at + groupSize; i++) {
        out[i] = Math.fma(scale, out[i], -minimum);
      }
    } else {
      for (int i = at; i < at + groupSize; i++) {
        out[i] = scale * out[i];
      }
    }
  }

  @Override public final void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    long block = outOffset;
    for (int k = 0; k < count; k += blockSize) {
      encodeBlock(in, inOffset + k, out, block);
      block += blockBytes;
    }
  }

  @Override public final String toString() {
    return name;
  }
}
