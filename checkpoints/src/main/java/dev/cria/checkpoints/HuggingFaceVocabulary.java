package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the vocabulary out of {@code tokenizer.json}. */
final class HuggingFaceVocabulary {

  private static final String FILE = "tokenizer.json";
  private static final int MOST_BYTES = 128 << 20;
  private static final String SPACE = "\u2581"; // how SentencePiece writes a space
  private static final float NEVER_MERGED = -1e10f; // llama2.c merges what is above
  private static final Piece UNUSED = new Piece("", 0, Kind.UNUSED);

  private final Path path;
  private final HuggingFaceConfiguration config;
  private final Map<?, ?> tokenizer;
  private final Map<?, ?> model;

  private HuggingFaceVocabulary(Path path, HuggingFaceConfiguration config, Map<?, ?> tokenizer) {
    this.path = path;
    this.config = config;
    this.tokenizer = tokenizer;
    this.model = tokenizer.get("model") instanceof Map<?, ?> object ? object : Map.of();
  }

  /**
   * The vocabulary, if there is a file with one.
   *
   * @throws CheckpointFormatException if it is not sound
   */
  static Optional<Vocabulary> in(Path folder, HuggingFaceConfiguration config) throws IOException {
    Path path = folder.resolve(FILE);
    return Files.isRegularFile(path)
        ? Optional.of(new HuggingFaceVocabulary(path, config, JsonFile.readObject(path, MOST_BYTES)).read())
        : Optional.empty();
  }

  private Vocabulary read() throws CheckpointFormatException {
    if (!(model.get("vocab") instanceof Map<?, ?> vocabulary)) {
      return new Vocabulary(Model.OTHER, List.of(), special(Map.of()), Map.of("model", kind()));
    }
    boolean bpe = kind().equals("BPE");
    boolean sentencePiece = bpe && Boolean.TRUE.equals(model.get("byte_fallback"));
    List<String> merges = merges();
    Map<String, Float> scores = sentencePiece ? scores(merges) : Map.of();
    List<Piece> pieces = new ArrayList<>(Collections.nCopies(config.vocabSize(), UNUSED));
    for (Map.Entry<?, ?> entry : vocabulary.entrySet()) {
      String text = String.valueOf(entry.getKey());
      pieces.set(id(text, entry.getValue()), sentencePiece
          ? sentencePiece(text, scores)
          : new Piece(text, 0, Kind.NORMAL));
    }
    Map<String, Integer> added = addTo(pieces);
    return new Vocabulary(sentencePiece ? Model.SENTENCEPIECE_BPE : bpe ? Model.BYTE_LEVEL_BPE : Model.OTHER, pieces,
        sentencePiece ? List.of() : merges, special(added), settings());
  }

  private String kind() {
    return String.valueOf(model.get("type"));
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

  private Map<String, Integer> addTo(List<Piece> pieces) throws CheckpointFormatException {
    Map<String, Integer> added = new HashMap<>();
    for (Object each : tokenizer.get("added_tokens") instanceof List<?> list ? list : List.of()) {
      if (!(each instanceof Map<?, ?> token) || !(token.get("content") instanceof String text)) {
        throw problem("has an added token without content");
      }
      int id = id(text, token.get("id"));
      boolean unknown = text.equals(model.get("unk_token"));
      boolean control = Boolean.TRUE.equals(token.get("special"));
      pieces.set(id, new Piece(text, 0, unknown ? Kind.UNKNOWN : control ? Kind.CONTROL : Kind.USER_DEFINED));
      added.put(text, id);
    }
    return added;
  }

  private Vocabulary.Special special(Map<String, Integer> added) throws CheckpointFormatException {
    Set<Integer> ends = new LinkedHashSet<>(config.ends());
    OptionalInt eos = ends.stream().mapToInt(id -> id).findFirst();
    eos.ifPresent(ends::remove);
    Integer unknown = added.get(String.valueOf(model.get("unk_token")));
    return new Vocabulary.Special(unknown == null ? OptionalInt.empty() : OptionalInt.of(unknown), config.bos(), eos,
        ends);
  }

  private int id(String text, @Nullable Object value) throws CheckpointFormatException {
    if (!(value instanceof BigDecimal id) || id.scale() != 0 || id.signum() < 0
        || id.compareTo(BigDecimal.valueOf(config.vocabSize())) >= 0) {
      throw problem("gives '" + text + "' the id " + value + ", but the model has "
          + config.vocabSize() + " tokens");
    }
    return id.intValueExact();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", kind());
    for (String key : List.of("normalizer", "pre_tokenizer", "post_processor")) {
      if (tokenizer.get(key) != null) {
        settings.put(key, String.valueOf(tokenizer.get(key)));
      }
    }
    if (Boolean.TRUE.equals(model.get("ignore_merges"))) {
      settings.put("ignore_merges", "true");
    }
    return settings;
  }

  private CheckpointFormatException problem(String problem) {
    return new CheckpointFormatException(path, problem + "; the file is damaged or of another model: fetch it again");
  }
}
