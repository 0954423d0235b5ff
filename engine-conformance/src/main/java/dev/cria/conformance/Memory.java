package dev.cria.conformance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** An array or segment seen as 32-bit words, so that it can be watched, compared bit for bit and restored. */
final class Memory {

  private interface Setter {
    void set(int index, int word);
  }

  private final String name;
  private final int size;
  private final IntUnaryOperator getter;
  private final Setter setter;
  private final int[] initial;

  private Memory(String name, int size, IntUnaryOperator getter, Setter setter) {
    this.name = name;
    this.size = size;
    this.getter = getter;
    this.setter = setter;
    this.initial = words();
  }

  static Memory of(String name, float[] data) {
    return new Memory(name, data.length, i -> Float.floatToRawIntBits(data[i]),
        (i, word) -> data[i] = Float.intBitsToFloat(word));
  }

  static Memory of(String name, int[] data) {
    return new Memory(name, data.length, i -> data[i], (i, word) -> data[i] = word);
  }

  /** Bytes after the last whole word are left out. */
  static Memory of(String name, MemorySegment data) {
    return new Memory(name, (int) (data.byteSize() / Integer.BYTES),
        i -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i),
        (i, word) -> data.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, word));
  }

  String name() {
    return name;
  }

  int size() {
    return size;
  }

  /** What it holds now. */
  int[] words() {
    int[] words = new int[size];
    Arrays.setAll(words, getter);
    return words;
  }

  /** What it held when it was first looked at. */
  int[] initial() {
    return initial.clone();
  }

  /** Makes it hold what it held when it was first looked at. */
  void reset() {
    load(initial);
  }

  void load(int[] words) {
    for (int i = 0; i < size; i++) {
      setter.set(i, words[i]);
    }
  }

  void set(int index, int word) {
    setter.set(index, word);
  }
}
