package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes the vocabulary out of the metadata of a GGUF file. */
final class GgufVocabulary {

  private static final String PREFIX = "tokenizer.ggml.";
  private static final String SPACE = "\u2581"; // how SentencePiece writes a space
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
  private static final long NONE = 0xffff_ffffL; // −1, as some converters write for "no such token"
  private static final String SPACE_PREFIX = "add_space_prefix";
  private static final List<String> SETTINGS = List.of("model", "pre", "add_bos_token", "add_eos_token",
      SPACE_PREFIX);

  private final GgufMetadata metadata;

  private GgufVocabulary(GgufMetadata metadata) {
    this.metadata = metadata;
  }

  /** The vocabulary, if there is one. */
  static Optional<Vocabulary> of(GgufMetadata metadata) throws CheckpointFormatException {
    return new GgufVocabulary(metadata).read();
  }

  private Optional<Vocabulary> read() throws CheckpointFormatException {
    Optional<List<String>> tokens = metadata.texts(PREFIX + "tokens");
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Model model = switch (metadata.text(PREFIX + "model").orElse("")) {
      case "llama" -> Model.SENTENCEPIECE_BPE;
      case "gpt2" -> Model.BYTE_LEVEL_BPE;
      default -> Model.OTHER;
    };
    return Optional.of(new Vocabulary(model, pieces(model, tokens.get()),
        metadata.texts(PREFIX + "merges").orElse(List.of()), special(model, tokens.get().size()), settings(model)));
  }

  private List<Piece> pieces(Model model, List<String> tokens) throws CheckpointFormatException {
    float[] scores = metadata.reals(PREFIX + "scores").map(GgufValue.Reals::values).orElse(new float[tokens.size()]);
    requireAsMany("scores", scores.length, tokens.size());
    Optional<long[]> types = metadata.wholes(PREFIX + "token_type").map(GgufValue.Wholes::values);
    requireAsMany("token_type", types.map(t -> t.length).orElse(tokens.size()), tokens.size());
    List<Piece> pieces = new ArrayList<>(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      Kind kind = types.isPresent() ? kind(id, types.get()[id]) : Kind.NORMAL;
      String text = tokens.get(id);
      if (kind == Kind.BYTE && !BYTE.matcher(text).matches()) {
        throw metadata.problem("token %d is of the type of bytes, but spelled '%s', expected as <0x41>; the file is"
            + " damaged", id, text);
      }
      if (Float.isNaN(scores[id])) {
        throw metadata.problem("token %d has the score NaN; the file is damaged", id);
      }
      pieces.add(new Piece(model == Model.SENTENCEPIECE_BPE ? text.replace(SPACE, " ") : text, scores[id], kind));
    }
    return pieces;
  }

  private void requireAsMany(String key, int count, int tokens) throws CheckpointFormatException {
    if (count != tokens) {
      throw metadata.problem("%s has %,d elements, but there are %,d tokens; the file is damaged", PREFIX + key, count,
          tokens);
    }
  }

  private Kind kind(int id, long type) throws CheckpointFormatException {
    return switch (Math.clamp(type, -1, Integer.MAX_VALUE)) {
      case 0, 1 -> Kind.NORMAL;
      case 2 -> Kind.UNKNOWN;
      case 3 -> Kind.CONTROL;
      case 4 -> Kind.USER_DEFINED;
      case 5 -> Kind.UNUSED;
      case 6 -> Kind.BYTE;
      default -> throw metadata.problem("token %d is of type %d, expected 1 to 6; the file is damaged", id, type);
    };
  }

  private Vocabulary.Special special(Model model, int tokens) throws CheckpointFormatException {
    boolean sentencePiece = model == Model.SENTENCEPIECE_BPE;
    Set<Integer> ends = new HashSet<>();
    for (String key : List.of("eot_token_id", "eom_token_id")) {
      id(key, -1, tokens).ifPresent(ends::add);
    }
    return new Vocabulary.Special(id("unknown_token_id", sentencePiece ? 0 : -1, tokens),
        id("bos_token_id", sentencePiece ? 1 : -1, tokens), id("eos_token_id", sentencePiece ? 2 : -1, tokens), ends);
  }

  /** The token of a role, or that which has it where the file is silent, if there is such a token; −1 for none. */
  private OptionalInt id(String key, int otherwise, int tokens) throws CheckpointFormatException {
    Optional<Long> id = metadata.whole(PREFIX + key);
    if (id.isEmpty()) {
      return otherwise >= 0 && otherwise < tokens ? OptionalInt.of(otherwise) : OptionalInt.empty();
    }
    if (id.get() == NONE || id.get() == -1) {
      return OptionalInt.empty();
    }
    if (id.get() < 0 || id.get() >= tokens) {
      throw metadata.problem("%s is %d, but there are %,d tokens; the file is damaged", PREFIX + key, id.get(), tokens);
    }
    return OptionalInt.of(id.get().intValue());
  }

  /** Among them that llama.cpp puts a space before the text after any special piece, not after control tokens alone. */
  private Map<String, String> settings(Model model) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : SETTINGS) {
      metadata.value(PREFIX + key).ifPresent(value -> settings.put(key, value.text()));
    }
    if (model == Model.SENTENCEPIECE_BPE && !"false".equals(settings.get(SPACE_PREFIX))) {
      settings.put(SPACE_PREFIX, "part");
    }
    metadata.value("tokenizer.chat_template").ifPresent(value -> settings.put("chat_template", value.text()));
    return settings;
  }
}
