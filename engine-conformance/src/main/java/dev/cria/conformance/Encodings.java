package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The encodings of the kit's own samples: F32, and two that no kernel has special code for. */
final class Encodings {

  static final Encoding F32 = new Float32();
  /** The upper half of a binary32: a plain encoding. */
  static final Encoding HALF = new Half();
  /** Groups of eight four-bit levels with a scale: no minimum, two groups a block, the range of the levels not declared. */
  static final Encoding SCALED = new Nibbles(false);
  /** Groups of eight four-bit levels with a scale and a minimum, the range of the levels declared. */
  static final Encoding SCALED_WITH_MINIMUM = new Nibbles(true);

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Encodings() {}

  private record Float32() implements Encoding {
    @Override public String name() {
      return Encoding.F32;
    }

    @Override public int blockSize() {
      return 1;
    }

    @Override public int blockBytes() {
      return Float.BYTES;
    }

    @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
      MemorySegment.copy(in, FLOAT, inOffset, out, outOffset, count);
    }

    @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
      MemorySegment.copy(in, inOffset, out, FLOAT, outOffset, count);
    }
  }

  private record Half() implements Encoding {
    @Override public String name() {
      return "kit-half";
    }

    @Override public int blockSize() {
      return 1;
    }

    @Override public int blockBytes() {
      return Short.BYTES;
    }

    @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
      for (int i = 0; i < count; i++) {
        out[outOffset + i] = Float.intBitsToFloat(in.get(SHORT, inOffset + 2L * i) << 16);
      }
    }

    @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
      for (int i = 0; i < count; i++) {
        out.set(SHORT, outOffset + 2L * i, (short) (Float.floatToRawIntBits(in[inOffset + i]) >> 16));
      }
    }
  }

  /** A block: for each of two groups its scale, maybe its minimum, then eight levels of 0 to 15 less 8, two a byte. */
  private record Nibbles(boolean hasMinimum) implements ScaledEncoding {

    @Override public String name() {
      return hasMinimum ? "kit-scaled-minimum" : "kit-scaled";
    }

    @Override public int blockSize() {
      return 16;
    }

    @Override public int groupSize() {
      return 8;
    }

    @Override public int blockBytes() {
      return 2 * groupBytes();
    }

    @Override public int lowestLevel() {
      return hasMinimum ? -8 : ScaledEncoding.super.lowestLevel();
    }

    @Override public int highestLevel() {
      return hasMinimum ? 7 : ScaledEncoding.super.highestLevel();
    }

    private int groupBytes() {
      return (hasMinimum ? 2 : 1) * Float.BYTES + 4;
    }

    @Override public void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
      int scales = outOffset + count;
      int minimums = scales + count / 8;
      for (int g = 0; g < count / 8; g++) {
        long group = inOffset + (long) g * groupBytes();
        out[scales + g] = in.get(FLOAT, group);
        if (hasMinimum) {
          out[minimums + g] = in.get(FLOAT, group + Float.BYTES);
        }
        for (int i = 0; i < 8; i++) {
          int pair = in.get(ValueLayout.JAVA_BYTE, group + groupBytes() - 4 + i / 2);
          out[outOffset + 8 * g + i] = ((pair >> (i % 2 * 4)) & 15) - 8;
        }
      }
    }

    @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
      for (int i = 0; i < count; i++) {
        long group = inOffset + (long) (i / 8) * groupBytes();
        int pair = in.get(ValueLayout.JAVA_BYTE, group + groupBytes() - 4 + i % 8 / 2);
        float level = ((pair >> (i % 2 * 4)) & 15) - 8;
        float scale = in.get(FLOAT, group);
        out[outOffset + i] = hasMinimum
            ? Math.fma(scale, level, -in.get(FLOAT, group + Float.BYTES))
            : scale * level;
      }
    }

    @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
      for (int g = 0; g < count / 8; g++) {
        float largest = 0;
        for (int i = 0; i < 8; i++) {
          largest = Math.max(largest, Math.abs(in[inOffset + 8 * g + i]));
        }
        float scale = Math.max(largest / 7, Float.MIN_NORMAL);
        float minimum = hasMinimum ? scale / 3 : 0;
        long group = outOffset + (long) g * groupBytes();
        out.set(FLOAT, group, scale);
        if (hasMinimum) {
          out.set(FLOAT, group + Float.BYTES, minimum);
        }
        for (int i = 0; i < 8; i += 2) {
          int low = level(in[inOffset + 8 * g + i] + minimum, scale);
          int high = level(in[inOffset + 8 * g + i + 1] + minimum, scale);
          out.set(ValueLayout.JAVA_BYTE, group + groupBytes() - 4 + i / 2, (byte) (low | high << 4));
        }
      }
    }

    private static int level(float value, float scale) {
      return Math.clamp(Math.round(value / scale) + 8L, 0, 15);
    }
  }
}
