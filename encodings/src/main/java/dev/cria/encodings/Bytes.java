package dev.cria.encodings;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers as blocks hold them: little-endian, at any offset. */
final class Bytes {

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /** A byte, 0 to 255. */
  static int unsigned(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_BYTE, at) & 255;
  }

  /** A byte, −128 to 127. */
  static int signed(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_BYTE, at);
  }

  /** Two bytes, sign and all. */
  static short two(MemorySegment in, long at) {
    return in.get(SHORT, at);
  }

  /** Four bytes. */
  static int four(MemorySegment in, long at) {
    return in.get(INT, at);
  }

  /** An IEEE 754 binary16. */
  static float half(MemorySegment in, long at) {
    return Float.float16ToFloat(in.get(SHORT, at));
  }

  /** An IEEE 754 binary32. */
  static float single(MemorySegment in, long at) {
    return in.get(FLOAT, at);
  }

  /** Writes the low eight bits. */
  static void set(MemorySegment out, long at, int value) {
    out.set(ValueLayout.JAVA_BYTE, at, (byte) value);
  }

  /** Writes the low sixteen bits. */
  static void setTwo(MemorySegment out, long at, int value) {
    out.set(SHORT, at, (short) value);
  }

  /** Writes 32 bits. */
  static void setFour(MemorySegment out, long at, int value) {
    out.set(INT, at, value);
  }

  /** Rounds to binary16, to even, and writes it. */
  static void setHalf(MemorySegment out, long at, float value) {
    out.set(SHORT, at, Float.floatToFloat16(value));
  }

  /** Writes a binary32. */
  static void setSingle(MemorySegment out, long at, float value) {
    out.set(FLOAT, at, value);
  }
}
