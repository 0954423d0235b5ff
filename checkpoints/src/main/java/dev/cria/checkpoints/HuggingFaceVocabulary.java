package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.tokenizers.SentencePieceModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the vocabulary out of {@code tokenizer.json}, or out of {@code tokenizer.model} where a folder has that alone. */
final class HuggingFaceVocabulary {

  static final String JSON = "tokenizer.json";
  static final String SENTENCE_PIECE = "tokenizer.model";

  private static final String ADDED_TOKENS = "added_tokens.json";
  private static final int MOST_BYTES = 128 << 20;
  private static final String SPACE = "\u2581"; // how SentencePiece writes a space
  private static final float NEVER_MERGED = -1e10f; // llama2.c merges what is above
  private static final Piece UNUSED = new Piece("", 0, Kind.UNUSED);

  private final Path path;
  private final @Nullable HuggingFaceConfiguration config;
  private final Map<?, ?> tokenizer;
  private final Map<?, ?> model;
  private final List<Piece> pieces = new ArrayList<>();

  private HuggingFaceVocabulary(Path path, @Nullable HuggingFaceConfiguration config, Map<?, ?> tokenizer) {
    this.path = path;
    this.config = config;
    this.tokenizer = tokenizer;
    this.model = tokenizer.get("model") instanceof Map<?, ?> object ? object : Map.of();
  }

  /**
   * The vocabulary of a model, if there is a file with one.
   *
   * @throws CheckpointFormatException if it is not sound
   */
  static Optional<Vocabulary> in(Path folder, HuggingFaceConfiguration config) throws IOException {
    Path json = folder.resolve(JSON);
    Path sentencePiece = folder.resolve(SENTENCE_PIECE);
    Vocabulary vocabulary;
    if (Files.isRegularFile(json)) {
      vocabulary = new HuggingFaceVocabulary(json, config, JsonFile.readObject(json, MOST_BYTES)).read();
    } else if (Files.isRegularFile(sentencePiece)) {
      vocabulary = sentencePiece(sentencePiece, config);
    } else {
      return Optional.empty();
    }
    return Optional.of(HuggingFaceChatTemplate.addTo(vocabulary, folder));
  }

  /**
   * The vocabulary of a {@code tokenizer.json} by itself.
   *
   * @throws CheckpointFormatException if it is not sound
   */
  static Vocabulary read(Path json) throws IOException {
    return new HuggingFaceVocabulary(json, null, JsonFile.readObject(json, MOST_BYTES)).read();
  }

  private static Vocabulary sentencePiece(Path path, HuggingFaceConfiguration config) throws IOException {
    Vocabulary vocabulary = SentencePieceModel.read(path);
    var added = new HuggingFaceVocabulary(path, config, Map.of());
    if (vocabulary.pieces().size() > config.vocabSize()) {
      throw added.problem("has " + vocabulary.pieces().size() + " pieces, but the model has " + config.vocabSize()
          + " tokens");
    }
    added.pieces.addAll(vocabulary.pieces());
    added.fill(config.vocabSize());
    Path more = path.resolveSibling(ADDED_TOKENS);
    if (Files.isRegularFile(more)) {
      for (Map.Entry<String, Object> token : JsonFile.readObject(more, MOST_BYTES).entrySet()) {
        added.put(token.getKey(), token.getValue(), Kind.CONTROL);
      }
    }
    Vocabulary.Special ofModel = added.special(vocabulary.special().unknown(), vocabulary.special().bos());
    return new Vocabulary(vocabulary.model(), added.pieces, ofModel, vocabulary.metadata());
  }

  private Vocabulary read() throws CheckpointFormatException {
    HuggingFaceComponents components = new HuggingFaceComponents(tokenizer, model);
    Map<String, String> settings = components.settings();
    if (!(model.get("vocab") instanceof Map<?, ?> vocabulary)) {
      return new Vocabulary(Model.OTHER, List.of(), special(OptionalInt.empty(), OptionalInt.empty()), settings);
    }
    boolean sentencePiece = components.isBpe() && components.isSentencePiece();
    List<String> merges = merges();
    if (config != null) {
      fill(config.vocabSize());
    }
    Map<String, Float> scores = sentencePiece ? scores(merges) : Map.of();
    for (Map.Entry<?, ?> entry : vocabulary.entrySet()) {
      String text = String.valueOf(entry.getKey());
      put(sentencePiece ? sentencePiece(text, scores) : new Piece(text, 0, Kind.NORMAL), entry.getValue());
    }
    Map<String, Integer> added = addedTokens(sentencePiece);
    Integer unknown = added.get(String.valueOf(model.get("unk_token")));
    OptionalInt bos = components.bos();
    if (bos.isPresent() && bos.getAsInt() >= pieces.size()) {
      throw problem("begins texts with token " + bos.getAsInt() + ", but there are " + pieces.size());
    }
    return new Vocabulary(
        sentencePiece ? Model.SENTENCEPIECE_BPE : components.isBpe() ? Model.BYTE_LEVEL_BPE : Model.OTHER, pieces,
        merges, special(unknown == null ? OptionalInt.empty() : OptionalInt.of(unknown), bos), settings);
  }

  private static Piece sentencePiece(String text, Map<String, Float> scores) {
    if (text.matches("<0x[0-9A-Fa-f]{2}>")) {
      return new Piece(text, 0, Kind.BYTE);
    }
    boolean character = text.codePointCount(0, text.length()) == 1;
    return new Piece(text.replace(SPACE, " "), scores.getOrDefault(text, character ? 0 : NEVER_MERGED), Kind.NORMAL);
  }

  /** The sooner two pieces are merged, the higher the score of what they become: the two ways of SentencePiece to say it. */
  private static Map<String, Float> scores(List<String> merges) {
    Map<String, Float> scores = new HashMap<>();
    for (int rank = 0; rank < merges.size(); rank++) {
      scores.putIfAbsent(merges.get(rank).replace(" ", ""), 0f - rank);
    }
    return scores;
  }

  /** As two pieces with a space between, which older files have, and newer ones as a list of two. */
  private List<String> merges() throws CheckpointFormatException {
    List<String> merges = new ArrayList<>();
    for (Object merge : model.get("merges") instanceof List<?> list ? list : List.of()) {
      if (merge instanceof List<?> two && two.size() == 2) {
        merges.add(two.getFirst() + " " + two.getLast());
      } else if (merge instanceof String text) {
        merges.add(text);
      } else {
        throw problem("has the merge " + merge + ", expected two pieces");
      }
    }
    return merges;
  }

  /** Bytes leave nothing unknown: a byte-level vocabulary that names an unknown token names the one that ends a text. */
  private Map<String, Integer> addedTokens(boolean sentencePiece) throws CheckpointFormatException {
    Map<String, Integer> added = new LinkedHashMap<>();
    for (Object each : tokenizer.get("added_tokens") instanceof List<?> list ? list : List.of()) {
      if (!(each instanceof Map<?, ?> token) || !(token.get("content") instanceof String text) || text.isEmpty()) {
        throw problem("has an added token without content");
      }
      boolean unknown = sentencePiece && text.equals(model.get("unk_token"));
      boolean control = Boolean.TRUE.equals(token.get("special"));
      Kind kind = unknown ? Kind.UNKNOWN : control ? Kind.CONTROL : Kind.USER_DEFINED;
      added.put(text, put(text, token.get("id"), kind));
    }
    return added;
  }

  /** An added token; it may be among the pieces already, spelled the same. */
  private int put(String text, @Nullable Object value, Kind kind) throws CheckpointFormatException {
    int id = id(text, value);
    if (id < pieces.size() && pieces.get(id).text().equals(text.replace(SPACE, " "))) {
      pieces.set(id, UNUSED);
    }
    return put(new Piece(text, 0, kind), value);
  }

  private int put(Piece piece, @Nullable Object value) throws CheckpointFormatException {
    int id = id(piece.text(), value);
    fill(id + 1);
    if (!pieces.get(id).equals(UNUSED)) {
      throw problem("gives the id " + id + " to both '" + pieces.get(id).text() + "' and '" + piece.text() + "'");
    }
    pieces.set(id, piece);
    return id;
  }

  private void fill(int count) {
    while (pieces.size() < count) {
      pieces.add(UNUSED);
    }
  }

  /** Roles: the configuration of the model says more than the vocabulary does. */
  private Vocabulary.Special special(OptionalInt unknown, OptionalInt ownBos) throws CheckpointFormatException {
    Set<Integer> ends = new LinkedHashSet<>(config == null ? Set.of() : config.ends());
    OptionalInt eos = ends.stream().mapToInt(id -> id).findFirst();
    eos.ifPresent(ends::remove);
    OptionalInt bos = ownBos.isPresent() || config == null ? ownBos : config.bos();
    return new Vocabulary.Special(unknown, bos, eos, ends);
  }

  private int id(String text, @Nullable Object value) throws CheckpointFormatException {
    int tokens = config == null ? ModelLimits.VOCABULARY : config.vocabSize();
    if (!(value instanceof BigDecimal id) || id.scale() != 0 || id.signum() < 0
        || id.compareTo(BigDecimal.valueOf(tokens)) >= 0) {
      throw problem("gives '" + text + "' the id " + value + ", but the model has " + tokens + " tokens");
    }
    return id.intValueExact();
  }

  private CheckpointFormatException problem(String problem) {
    return new CheckpointFormatException(path, problem + "; the file is damaged or of another model: fetch it again");
  }
}
