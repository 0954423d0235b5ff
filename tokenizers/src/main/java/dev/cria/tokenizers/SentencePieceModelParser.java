package dev.cria.tokenizers;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads a tokenizer.model, trusting nothing that it says. */
final class SentencePieceModelParser {

  private static final int UNIGRAM = 1;
  private static final int BPE = 2;
  private static final String SPACE = "\u2581"; // how SentencePiece writes a space

  private final Path path;
  private final byte[] content;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private long modelType = UNIGRAM;
  private long unknown; // what the format has where a file is silent: 0, 1 and 2
  private long bos = 1;
  private long eos = 2;
  private boolean dummyPrefix = true;
  private boolean removesSpaces = true;
  private String normalizer = "";

  SentencePieceModelParser(Path path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  Vocabulary read() throws CheckpointFormatException {
    WireFields fields = new WireFields(path, content, 0, content.length);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> pieces.add(piece(fields.message()));
        case 2 -> trainer(fields.message());
        case 3 -> normalizer(fields.message());
        case 5 -> denormalizer(fields.message());
        default -> fields.skip();
      }
    }
    if (pieces.isEmpty()) {
      throw new CheckpointFormatException(path, "has no pieces; expected a tokenizer.model of SentencePiece");
    }
    settings.put("model", modelName());
    settings.put(Settings.ADD_SPACE_PREFIX, Boolean.toString(dummyPrefix));
    settings.put(Settings.REMOVE_EXTRA_SPACES, Boolean.toString(removesSpaces));
    settings.put(Settings.FUSE_UNKNOWN, "true");
    var special = new Vocabulary.Special(role("unk_id", unknown), role("bos_id", bos), role("eos_id", eos));
    return new Vocabulary(modelType == BPE ? Model.SENTENCEPIECE_BPE : Model.OTHER, pieces, special, settings);
  }

  private Piece piece(WireFields fields) throws CheckpointFormatException {
    int start = fields.position();
    String text = "";
    float score = 0;
    long type = 1;
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> text = fields.text();
        case 2 -> score = fields.real();
        case 3 -> type = fields.whole();
        default -> fields.skip();
      }
    }
    Kind kind = kind(type);
    if (kind == null || Float.isNaN(score) || (kind == Kind.BYTE && !BytePieces.isByte(text))) {
      throw new CheckpointFormatException(path, start,
          ("piece %d, '%s', has the type %d and the score %s; expected a type"
              + " of 1 to 6, bytes spelled as <0x41>, and a number; the file is damaged")
              .formatted(pieces.size(), text, type, score));
    }
    return new Piece(kind == Kind.NORMAL || kind == Kind.USER_DEFINED ? text.replace(SPACE, " ") : text, score, kind);
  }

  private void trainer(WireFields fields) throws CheckpointFormatException {
    while (fields.next()) {
      switch (fields.number()) {
        case 3 -> modelType = fields.whole();
        case 24 -> refuse(fields.whole() != 0, "puts spaces after words (treat_whitespace_as_suffix)");
        case 40 -> unknown = fields.whole();
        case 41 -> bos = fields.whole();
        case 42 -> eos = fields.whole();
        default -> fields.skip();
      }
    }
  }

  private void normalizer(WireFields fields) throws CheckpointFormatException {
    boolean maps = false;
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> normalizer = fields.text();
        case 2 -> maps = fields.length() > 0;
        case 3 -> dummyPrefix = fields.whole() != 0;
        case 4 -> removesSpaces = fields.whole() != 0;
        case 5 -> refuse(fields.whole() == 0, "does not escape spaces (escape_whitespaces)");
        default -> fields.skip();
      }
    }
    refuse(maps, "normalises characters as '" + normalizer + "' does (precompiled_charsmap)");
  }

  private void denormalizer(WireFields fields) throws CheckpointFormatException {
    while (fields.next()) {
      if (fields.number() == 2) {
        refuse(fields.length() > 0, "maps characters when it decodes (denormalizer_spec)");
      } else {
        fields.skip();
      }
    }
  }

  /** The file is sound and can be looked at; a tokenizer cannot be made of it. */
  private void refuse(boolean wanted, String what) {
    if (wanted) {
      settings.putIfAbsent(Settings.UNSUPPORTED, "it " + what + ", which is not supported");
    }
  }

  private String modelName() {
    return switch (Math.clamp(modelType, 0, 5)) {
      case UNIGRAM -> "unigram";
      case BPE -> "bpe";
      case 3 -> "word";
      case 4 -> "char";
      default -> "type " + modelType;
    };
  }

  private OptionalInt role(String name, long id) throws CheckpointFormatException {
    if ((int) id < 0 && (id == (int) id || id == Integer.toUnsignedLong((int) id))) {
      return OptionalInt.empty(); // −1: none
    }
    if (id < 0 || id >= pieces.size()) {
      throw new CheckpointFormatException(path,
          "%s is %d, but there are %,d pieces; the file is damaged".formatted(name, id, pieces.size()));
    }
    return OptionalInt.of((int) id);
  }

  private static @Nullable Kind kind(long type) {
    return switch (Math.clamp(type, 0, 7)) {
      case 1 -> Kind.NORMAL;
      case 2 -> Kind.UNKNOWN;
      case 3 -> Kind.CONTROL;
      case 4 -> Kind.USER_DEFINED;
      case 5 -> Kind.UNUSED;
      case 6 -> Kind.BYTE;
      default -> null;
    };
  }
}
