package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.tokenizers.SpecialPieces.SpecialPiece;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The tokenizer of Llama 2 and llama2.c: SentencePiece's byte-pair encoding.
 *
 * <p>A text that is not empty gets a space before it. Each character becomes its token or, without one, a token for each of
 * its bytes in UTF-8. Then the two neighbours that make the piece of the highest score are merged, the leftmost among equals,
 * until there are none. The ids are those of llama2.c; the time grows as n log n, so a book can be encoded at once.
 *
 * <p>Where {@linkplain EncodeOptions#special() control tokens} are found in a text, the text after one begins anew, with its
 * space. {@linkplain Kind#USER_DEFINED User-defined} pieces are always found as a whole.
 *
 * @see <a href="https://arxiv.org/abs/1808.06226">Kudo and Richardson 2018, SentencePiece</a>
 * @since 0.1
 */
public final class SentencePieceBpe implements Tokenizer {

  private static final int REPLACEMENT = 0xFFFD;

  private final Vocabulary vocabulary;
  private final MergeTable table;
  private final BytePieces bytePieces;
  private final SpecialPieces specialPieces;

  /**
   * Prepares a vocabulary.
   *
   * @throws IllegalArgumentException if it is for another algorithm, or there are characters that it cannot express
   */
  public SentencePieceBpe(Vocabulary vocabulary) {
    if (vocabulary.model() != Vocabulary.Model.SENTENCEPIECE_BPE) {
      throw new IllegalArgumentException(
          "the vocabulary is for " + vocabulary.model() + "; expected " + Vocabulary.Model.SENTENCEPIECE_BPE);
    }
    this.vocabulary = vocabulary;
    this.bytePieces = new BytePieces(vocabulary);
    this.table = new MergeTable(vocabulary.pieces());
    this.specialPieces = new SpecialPieces(vocabulary.pieces());
  }

  @Override public int[] encode(String text, EncodeOptions options) {
    Symbols symbols = new Symbols(text.length() + 3);
    if (options.bos()) {
      symbols.add(required(vocabulary.special().bos(), "begins"));
    }
    addText(text, options.special(), symbols);
    symbols.merge(table);
    if (options.eos()) {
      symbols.add(required(vocabulary.special().eos(), "ends"));
    }
    return symbols.toArray();
  }

  @Override public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override public byte[] bytes(int previous, int token) {
    if (token < 0 || token >= vocabSize()) {
      throw new IllegalArgumentException("token must be in [0, " + vocabSize() + "), got " + token);
    }
    Piece piece = vocabulary.pieces().get(token);
    if (piece.kind() == Kind.BYTE) {
      return new byte[]{(byte) BytePieces.value(piece.text())};
    }
    byte[] bytes = piece.text().getBytes(UTF_8);
    boolean afterBos = previous >= 0 && previous == vocabulary.special().bos().orElse(-1);
    return afterBos && bytes.length > 0 && bytes[0] == ' ' ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private void addText(String text, boolean control, Symbols symbols) {
    boolean begins = true;
    int at = 0;
    while (at < text.length()) {
      SpecialPiece special = specialPieces.at(text, at, control);
      if (special != null && special.control()) {
        symbols.add(special.id());
        at += special.spelling().length();
        begins = true;
        continue;
      }
      if (begins) {
        addCharacter(' ', symbols);
        begins = false;
      }
      if (special != null) {
        symbols.add(special.id());
        at += special.spelling().length();
      } else {
        int codePoint = text.codePointAt(at);
        addCharacter(codePoint, symbols);
        at += Character.charCount(codePoint);
      }
    }
  }

  private void addCharacter(int codePoint, Symbols symbols) {
    boolean unpaired = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    int character = unpaired ? REPLACEMENT : codePoint;
    int id = table.character(character);
    if (id >= 0) {
      symbols.add(id);
    } else {
      bytePieces.add(character, symbols);
    }
  }

  private static int required(OptionalInt token, String role) {
    return token.orElseThrow(
        () -> new IllegalArgumentException("the vocabulary has no token that " + role + " a text; encode without it"));
  }
}
