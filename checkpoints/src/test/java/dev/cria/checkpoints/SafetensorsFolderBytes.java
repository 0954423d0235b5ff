package dev.cria.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes folders of Hugging Face for tests. */
final class SafetensorsFolderBytes {

  /** The shape of {@link Samples#MODEL}, but for the layout of its rotation. */
  static final String CONFIG = """
      {"model_type": "llama", "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 4,
       "num_key_value_heads": 2, "vocab_size": 20, "max_position_embeddings": 16, "rms_norm_eps": 1e-5,
       "tie_word_embeddings": true, "eos_token_id": [3, 4], "bos_token_id": 1}""";

  private SafetensorsFolderBytes() {}

  static Path write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** A file of weights: this header, and as many zeros as said. */
  static byte[] weights(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return little(8 + json.length + dataBytes).putLong(json.length).put(json).array();
  }

  /** A header of one tensor. */
  static String tensor(String name, String dtype, String shape, String offsets) {
    return "{\"" + name + "\": {\"dtype\": \"" + dtype + "\", \"shape\": " + shape + ", \"data_offsets\": " + offsets
        + "}}";
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
