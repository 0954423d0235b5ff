package dev.cria.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes GGUF files for tests, sound ones and others. */
final class GgufBytes {

  static final int U32 = 4;
  static final int I32 = 5;
  static final int F32 = 6;
  static final int STRING = 8;
  static final int ARRAY = 9;

  private final List<byte[]> values = new ArrayList<>();
  private final List<byte[]> tensors = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private long offset;
  private int version = 3;
  private int alignment = 32;

  /** dim 8, hidden 12, layers 2, heads 4, kvHeads 2, vocab 20, context 16, as {@link Samples#MODEL}. */
  static GgufBytes model() {
    return configuration().weights();
  }

  static GgufBytes configuration() {
    return new GgufBytes().text("general.architecture", "llama").u32("llama.embedding_length", 8)
        .u32("llama.feed_forward_length", 12).u32("llama.block_count", 2).u32("llama.attention.head_count", 4)
        .u32("llama.attention.head_count_kv", 2).u32("llama.context_length", 16)
        .f32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
  }

  GgufBytes weights() {
    tensor("token_embd.weight", 8, 20);
    for (int layer = 0; layer < 2; layer++) {
      String blk = "blk." + layer + ".";
      tensor(blk + "attn_norm.weight", 8).tensor(blk + "attn_q.weight", 8, 8).tensor(blk + "attn_k.weight", 8, 4)
          .tensor(blk + "attn_v.weight", 8, 4).tensor(blk + "attn_output.weight", 8, 8)
          .tensor(blk + "ffn_norm.weight", 8)
          .tensor(blk + "ffn_gate.weight", 8, 12).tensor(blk + "ffn_up.weight", 8, 12)
          .tensor(blk + "ffn_down.weight", 12, 8);
    }
    return tensor("output_norm.weight", 8);
  }

  GgufBytes version(int number) {
    version = number;
    return this;
  }

  GgufBytes alignment(int bytes) {
    alignment = bytes;
    return u32("general.alignment", bytes);
  }

  GgufBytes text(String key, String value) {
    return value(key, STRING, string(value));
  }

  GgufBytes u32(String key, int value) {
    return value(key, U32, written(little(4).putInt(value)));
  }

  GgufBytes f32(String key, float value) {
    return value(key, F32, written(little(4).putFloat(value)));
  }

  GgufBytes texts(String key, String... texts) {
    byte[][] parts = new byte[texts.length + 1][];
    parts[0] = written(little(12).putInt(STRING).putLong(texts.length));
    for (int i = 0; i < texts.length; i++) {
      parts[i + 1] = string(texts[i]);
    }
    return value(key, ARRAY, join(parts));
  }

  GgufBytes floats(String key, float... numbers) {
    ByteBuffer bytes = little(12 + 4 * numbers.length).putInt(F32).putLong(numbers.length);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return value(key, ARRAY, written(bytes));
  }

  GgufBytes ints(String key, int... numbers) {
    ByteBuffer bytes = little(12 + 4 * numbers.length).putInt(I32).putLong(numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return value(key, ARRAY, written(bytes));
  }

  GgufBytes value(String key, int type, byte[] value) {
    values.add(join(string(key), written(little(4).putInt(type)), value));
    return this;
  }

  /** Bytes in place of a key, its type and value. */
  GgufBytes rawValue(byte[] bytes) {
    values.add(bytes);
    return this;
  }

  /** An F32 tensor of small random numbers. */
  GgufBytes tensor(String name, long... sizes) {
    int elements = 1;
    for (long size : sizes) {
      elements *= (int) size;
    }
    ByteBuffer bytes = little(4 * elements);
    Random random = new Random(name.hashCode());
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian() / 8);
    }
    return tensor(name, 0, written(bytes), sizes);
  }

  GgufBytes tensor(String name, int type, byte[] bytes, long... sizes) {
    info(name, type, offset, sizes);
    byte[] padded = new byte[Math.ceilDiv(bytes.length, alignment) * alignment];
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    data.add(padded);
    offset += padded.length;
    return this;
  }

  /** What a file says of a tensor, without its data. */
  GgufBytes info(String name, int type, long at, long... sizes) {
    ByteBuffer bytes = little(4 + 8 * sizes.length + 12).putInt(sizes.length);
    for (long size : sizes) {
      bytes.putLong(size);
    }
    tensors.add(join(string(name), written(bytes.putInt(type).putLong(at))));
    return this;
  }

  byte[] build() {
    return build(tensors.size(), values.size());
  }

  byte[] build(long tensorCount, long valueCount) {
    byte[] header = join(
        written(little(24).putInt(0x46554747).putInt(version).putLong(tensorCount).putLong(valueCount)),
        join(values.toArray(byte[][]::new)), join(tensors.toArray(byte[][]::new)));
    byte[] padding = new byte[data.isEmpty() ? 0 : Math.ceilDiv(header.length, alignment) * alignment - header.length];
    return join(header, padding, join(data.toArray(byte[][]::new)));
  }

  Path write(Path file) throws IOException {
    return Files.write(file, build());
  }

  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(written(little(8).putLong(bytes.length)), bytes);
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What has been put. */
  static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }
}
