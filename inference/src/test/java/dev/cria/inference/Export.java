package dev.cria.inference;

import dev.cria.api.kernel.Encoding;
import dev.cria.encodings.F32Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a {@link SampleModel} as other programs do: as GGUF, and as a folder of Hugging Face. */
final class Export {

  private static final Map<String, Integer> TYPES = Map.of("f32", 0, "f16", 1, "bf16", 30);
  private static final Map<String, String> NAMES = Map.ofEntries(
      Map.entry("input_layernorm", "attn_norm"), Map.entry("self_attn.q_proj", "attn_q"),
      Map.entry("self_attn.k_proj", "attn_k"), Map.entry("self_attn.v_proj", "attn_v"),
      Map.entry("self_attn.q_norm", "attn_q_norm"), Map.entry("self_attn.k_norm", "attn_k_norm"),
      Map.entry("self_attn.o_proj", "attn_output"), Map.entry("post_attention_layernorm", "ffn_norm"),
      Map.entry("mlp.gate_proj", "ffn_gate"), Map.entry("mlp.up_proj", "ffn_up"),
      Map.entry("mlp.down_proj", "ffn_down"), Map.entry("model.embed_tokens", "token_embd"),
      Map.entry("model.norm", "output_norm"), Map.entry("lm_head", "output"));

  private Export() {}

  /**
   * Writes GGUF; the rows of queries and keys side by side that are half a head apart, where the architecture has it so.
   *
   * @param ropeFactors divisors of the frequencies, or none
   */
  static Path gguf(SampleModel model, Encoding encoding, float[] ropeFactors, Path file) throws IOException {
    boolean interleaved = model.architecture().equals("llama");
    Map<String, byte[]> data = new LinkedHashMap<>();
    ByteArrayOutputStream infos = new ByteArrayOutputStream();
    long offset = 0;
    Map<String, float[][]> tensors = new LinkedHashMap<>(model.weights());
    if (ropeFactors.length > 0) {
      tensors.put("rope_freqs.weight", new float[][]{ropeFactors});
    }
    for (Map.Entry<String, float[][]> tensor : tensors.entrySet()) {
      float[][] matrix = interleaved && tensor.getKey().matches(".*[qk]_proj\\.weight")
          ? interleave(tensor.getValue(), model.headDim())
          : tensor.getValue();
      boolean vector = matrix.length == 1;
      Encoding of = vector ? new F32Encoding() : encoding;
      byte[] bytes = encode(matrix, of);
      ByteBuffer info = little(100).put(text(ggufName(tensor.getKey()))).putInt(vector ? 1 : 2)
          .putLong(matrix[0].length);
      if (!vector) {
        info.putLong(matrix.length);
      }
      info.putInt(TYPES.getOrDefault(of.name(), -1)).putLong(offset);
      infos.writeBytes(written(info));
      data.put(tensor.getKey(), bytes);
      offset += Math.ceilDiv(bytes.length, 32) * 32L;
    }
    byte[] keys = keys(model);
    ByteBuffer out = little(Math.toIntExact(1000 + keys.length + infos.size() + offset));
    out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(tensors.size()).putLong(keyCount(model));
    out.put(keys).put(infos.toByteArray());
    for (byte[] bytes : data.values()) {
      out.position(Math.ceilDiv(out.position(), 32) * 32).put(bytes);
    }
    return Files.write(file, written(out));
  }

  private static int keyCount(SampleModel model) {
    return model.window() == SampleModel.ALL ? 10 : 11;
  }

  private static byte[] keys(SampleModel model) {
    String name = model.architecture();
    ByteBuffer keys = little(1000);
    keys.put(text("general.architecture")).putInt(8).put(text(name));
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("embedding_length", SampleModel.DIM);
    sizes.put("feed_forward_length", SampleModel.HIDDEN);
    sizes.put("block_count", SampleModel.LAYERS);
    sizes.put("attention.head_count", SampleModel.HEADS);
    sizes.put("attention.head_count_kv", SampleModel.KV_HEADS);
    sizes.put("attention.key_length", model.headDim());
    sizes.put("context_length", SampleModel.CONTEXT);
    if (model.window() != SampleModel.ALL) {
      sizes.put("attention.sliding_window", model.window());
    }
    sizes.forEach((key, value) -> keys.put(text(name + "." + key)).putInt(4).putInt(value));
    keys.put(text(name + ".attention.layer_norm_rms_epsilon")).putInt(6).putFloat(SampleModel.EPSILON);
    keys.put(text(name + ".rope.freq_base")).putInt(6).putFloat((float) model.theta());
    return written(keys);
  }

  /** Row 2k + s of a head is what was row s * headDim / 2 + k. */
  private static float[][] interleave(float[][] rows, int headDim) {
    float[][] changed = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      int head = row / headDim * headDim;
      int k = row % headDim / 2;
      int s = row % 2;
      changed[row] = rows[head + s * headDim / 2 + k];
    }
    return changed;
  }

  private static String ggufName(String name) {
    int dot = name.lastIndexOf('.');
    String part = name.substring(0, dot);
    if (part.startsWith("model.layers.")) {
      int end = part.indexOf('.', "model.layers.".length());
      return "blk." + part.substring("model.layers.".length(), end) + "." + NAMES.get(part.substring(end + 1))
          + name.substring(dot);
    }
    return NAMES.getOrDefault(part, part) + name.substring(dot);
  }

  /**
   * Writes a folder.
   *
   * @param shards files of weights; with more than one there is an index
   * @param more members of config.json, each with a comma before it
   */
  static Path folder(SampleModel model, Encoding encoding, int shards, String more, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config(model, more));
    List<Map<String, float[][]>> parts = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      parts.add(new LinkedHashMap<>());
    }
    int next = 0;
    StringBuilder index = new StringBuilder("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {");
    for (Map.Entry<String, float[][]> tensor : model.weights().entrySet()) {
      index.append(next == 0 ? "" : ", ").append('"').append(tensor.getKey()).append("\": \"")
          .append(shardName(next % shards, shards)).append('"');
      parts.get(next++ % shards).put(tensor.getKey(), tensor.getValue());
    }
    if (shards > 1) {
      Files.writeString(folder.resolve("model.safetensors.index.json"), index + "}}");
    }
    for (int i = 0; i < shards; i++) {
      Files.write(folder.resolve(shardName(i, shards)), safetensors(parts.get(i), encoding));
    }
    return folder;
  }

  private static String shardName(int number, int shards) {
    return shards == 1
        ? "model.safetensors"
        : String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", number + 1, shards);
  }

  private static String config(SampleModel model, String more) {
    return """
        {"architectures": ["X"], "model_type": "%s", "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
         "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d, "vocab_size": %d, "rms_norm_eps": 1e-05,
         "max_position_embeddings": %d, "rope_theta": %s, "tie_word_embeddings": %s, "hidden_act": "silu",
         "torch_dtype": "bfloat16", "rope_scaling_note": null%s}
        """
        .formatted(model.architecture(), SampleModel.DIM, SampleModel.HIDDEN, SampleModel.LAYERS, SampleModel.HEADS,
            SampleModel.KV_HEADS, model.headDim(), SampleModel.VOCAB, SampleModel.CONTEXT, model.theta(), model.tied(),
            more);
  }

  private static byte[] safetensors(Map<String, float[][]> tensors, Encoding encoding) {
    StringBuilder header = new StringBuilder("{\"__metadata__\": {\"format\": \"pt\"}");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach((name, matrix) -> {
      byte[] bytes = encode(matrix, encoding);
      header.append(
          String.format(Locale.ROOT, ", \"%s\": {\"dtype\": \"%s\", \"shape\": [%s%d], \"data_offsets\": [%d, %d]}",
              name, encoding.name().toUpperCase(Locale.ROOT), matrix.length == 1 ? "" : matrix.length + ", ",
              matrix[0].length, data.size(), data.size() + bytes.length));
      data.writeBytes(bytes);
    });
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return little(8 + json.length + data.size()).putLong(json.length).put(json).put(data.toByteArray()).array();
  }

  private static byte[] encode(float[][] matrix, Encoding encoding) {
    int rowBytes = (int) encoding.rowBytes(matrix[0].length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate((long) rowBytes * matrix.length);
      for (int row = 0; row < matrix.length; row++) {
        encoding.encode(matrix[row], 0, bytes, (long) row * rowBytes, matrix[row].length);
      }
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return little(8 + bytes.length).putLong(bytes.length).put(bytes).array();
  }

  private static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
