package dev.cria.checkpoints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code tokenizer.json}, component by component; what is not given is null. */
final class TokenizerJson {

  static final String LLAMA_3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}|"
      + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";
  static final String BYTES = "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": %s}";

  private final Map<String, String> components = new HashMap<>();
  private final List<String> vocabulary = new ArrayList<>();
  private final List<String> merges = new ArrayList<>();
  private String model = "\"byte_fallback\": false";

  /** Of bytes, numbered as they are, then {@code <|end|>} as 256. */
  static TokenizerJson byteLevel() {
    TokenizerJson json = new TokenizerJson().with("pre_tokenizer", BYTES.formatted(true))
        .with("decoder", BYTES.formatted(true)).with("added_tokens", """
            [{"id": 256, "content": "<|end|>", "single_word": false, "lstrip": false, "rstrip": false,
              "normalized": false, "special": true}]""");
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
      json.piece(Character.toString(printable ? b : next++), b);
    }
    return json;
  }

  /** Of SentencePiece: unknown, BOS and EOS, 256 bytes, a space (259), a (260), b (261), a with a space before it (262). */
  static TokenizerJson sentencePiece() {
    TokenizerJson json = new TokenizerJson()
        .with("normalizer",
            "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\": \"\u2581\"}, "
                + "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"\u2581\"}]}")
        .with("decoder",
            "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Replace\", \"pattern\": {\"String\": \"\u2581\"},"
                + " \"content\": \" \"}, {\"type\": \"ByteFallback\"}, {\"type\": \"Fuse\"},"
                + " {\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 0}]}")
        .with("post_processor", template("<s>", 1)).with("added_tokens", """
            [{"id": 0, "content": "<unk>", "special": true}, {"id": 1, "content": "<s>", "special": true},
             {"id": 2, "content": "</s>", "special": true}]""")
        .model("\"byte_fallback\": true, \"fuse_unk\": true, \"unk_token\": \"<unk>\"");
    json.piece("<unk>", 0).piece("<s>", 1).piece("</s>", 2);
    for (int b = 0; b < 256; b++) {
      json.piece("<0x%02X>".formatted(b), 3 + b);
    }
    return json.piece("\u2581", 259).piece("a", 260).piece("b", 261).piece("\u2581a", 262)
        .merge("[\"\u2581\", \"a\"]");
  }

  static String template(String token, int id) {
    return """
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "%s", "type_id": 0}},
          {"Sequence": {"id": "A", "type_id": 0}}], "pair": [], "special_tokens":
          {"%s": {"id": "%s", "ids": [%d], "tokens": ["%s"]}}}""".formatted(token, token, token, id, token);
  }

  TokenizerJson with(String component, String json) {
    components.put(component, json);
    return this;
  }

  /** Members of the model. */
  TokenizerJson model(String members) {
    model = members;
    return this;
  }

  TokenizerJson piece(String text, int id) {
    String escaped = text.equals("\"") || text.equals("\\") ? "\\" + text : text;
    vocabulary.add("\"" + escaped + "\": " + id);
    return this;
  }

  /** A merge as JSON: a text, or a list. */
  TokenizerJson merge(String json) {
    merges.add(json);
    return this;
  }

  @Override public String toString() {
    return components.entrySet().stream().map(each -> "\"" + each.getKey() + "\": " + each.getValue())
        .collect(Collectors.joining(",\n", "{\"version\": \"1.0\", \"truncation\": null,\n", ",\n"))
        + "\"model\": {\"type\": \"BPE\", \"dropout\": null, " + model + ",\n\"vocab\": {"
        + String.join(", ", vocabulary)
        + "},\n\"merges\": [" + String.join(", ", merges) + "]}}";
  }
}
