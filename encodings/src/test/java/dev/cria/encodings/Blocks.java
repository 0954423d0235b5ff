package dev.cria.encodings;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Blocks for tests, at odd places in memory. */
final class Blocks {

  private Blocks() {}

  /** Every encoding that GGUF knows, and int8 groups of a few sizes. */
  static List<Encoding> all() {
    var found = Providers.load("encoding", Encoding.class, Blocks.class.getClassLoader());
    List<Encoding> all = new ArrayList<>();
    found.found().forEach(encoding -> all.add(encoding.provider()));
    all.addAll(List.of(new Int8Groups(4), new Int8Groups(32), new Int8Groups(64), new Int8Groups(512)));
    return all;
  }

  static float[] decode(Encoding encoding, byte[] block) {
    byte[] shifted = new byte[block.length + 3];
    System.arraycopy(block, 0, shifted, 3, block.length);
    float[] out = new float[block.length / encoding.blockBytes() * encoding.blockSize()];
    encoding.decode(MemorySegment.ofArray(shifted), 3, out, 0, out.length);
    return out;
  }

  static byte[] encode(Encoding encoding, float... values) {
    byte[] out = new byte[(int) encoding.rowBytes(values.length)];
    encoding.encode(values, 0, MemorySegment.ofArray(out), 0, values.length);
    return out;
  }

  /** Random bytes, with small binary16 numbers where there are some. */
  static byte[] random(long seed, int bytes, int... halves) {
    Random random = new Random(seed);
    byte[] block = new byte[bytes];
    random.nextBytes(block);
    for (int at : halves) {
      half(block, at, random.nextFloat(-1, 1));
    }
    return block;
  }

  static void half(byte[] block, int at, float value) {
    short bits = Float.floatToFloat16(value);
    block[at] = (byte) bits;
    block[at + 1] = (byte) (bits >> 8);
  }

  static float half(byte[] block, int at) {
    return Float.float16ToFloat((short) ((block[at] & 255) | block[at + 1] << 8));
  }

  /** Bits {@code from .. from + count} of the bytes from {@code at} on, counted from the lowest. */
  static int bits(byte[] block, int at, int from, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int bit = from + i;
      value |= (block[at + bit / 8] >> bit % 8 & 1) << i;
    }
    return value;
  }

  static float[] normal(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 0.05f;
    }
    return values;
  }
}
