package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of Llama 1 and 2, Mistral and llama2.c: SentencePiece's byte-pair encoding.
 *
 * <p>A text that is not empty gets a space before it. Each character becomes its token or, without one, a token for each of
 * its bytes in UTF-8. Then the two neighbours that make the piece of the highest score are merged, the leftmost among equals,
 * until there are none; a vocabulary with a list of merges goes by their rank instead. The ids are those of llama2.c and
 * SentencePiece; the time grows as n log n, so a book can be encoded at once.
 *
 * <p>Where {@linkplain EncodeOptions#special() control tokens} are found in a text, the text after one begins anew, with its
 * space. {@linkplain Kind#USER_DEFINED User-defined} pieces are always found as a whole.
 *
 * @see <a href="https://arxiv.org/abs/1808.06226">Kudo and Richardson 2018, SentencePiece</a>
 * @since 0.1
 */
public final class SentencePieceBpe implements Tokenizer {

  private final Vocabulary vocabulary;
  private final BytePieces bytePieces;
  private final SentencePieceText texts;
  private final Frame frame;
  private volatile @Nullable Encoder encoder; // made for the first text: who only decodes does not wait for it

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
    this.texts = new SentencePieceText(vocabulary);
    this.frame = Frame.of(vocabulary, true);
    if (!vocabulary.merges().isEmpty()) {
      encoder = Encoder.of(vocabulary); // which refuses merges that cannot be
    }
  }

  @Override public int[] encode(String text, EncodeOptions options) {
    PreparedText prepared = texts.prepare(text, options.special(), options.after());
    TokenList out = new TokenList(text.length() / 3 + 16);
    frame.begin(text, options, out);
    if (!text.isEmpty()) {
      prepared.read(new Words(prepared.chars(), out, encoder()));
    }
    frame.end(options, out);
    return out.toArray();
  }

  @Override public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override public byte[] bytes(int previous, int token) {
    Piece piece = piece(token);
    if (piece.kind() == Kind.BYTE) {
      return new byte[]{(byte) BytePieces.value(piece.text())};
    }
    byte[] bytes = piece.text().getBytes(UTF_8);
    boolean afterBos = previous >= 0 && previous == vocabulary.special().bos().orElse(-1) && texts.addsSpace();
    return afterBos && bytes.length > 0 && bytes[0] == ' ' ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private Encoder encoder() {
    Encoder made = encoder;
    if (made == null) { // two threads may make one each, of which one is dropped
      made = Encoder.of(vocabulary);
      encoder = made;
    }
    return made;
  }

  /**
   * What encoding needs and decoding does not.
   *
   * @param merges for one text
   * @param spacesBeginWords whether no merge goes beyond the end of a word
   */
  private record Encoder(PieceIds ids, Supplier<Merges> merges, boolean spacesBeginWords) {

    private static Encoder of(Vocabulary vocabulary) {
      PieceIds ids = new PieceIds(vocabulary.pieces(),
          vocabulary.merges().isEmpty() ? Set.of(Kind.NORMAL) : Set.of(Kind.NORMAL, Kind.USER_DEFINED));
      return new Encoder(ids, merges(vocabulary, ids),
          vocabulary.pieces().stream().noneMatch(Encoder::hasSpaceWithin));
    }

    private static Supplier<Merges> merges(Vocabulary vocabulary, PieceIds ids) {
      if (vocabulary.merges().isEmpty()) {
        return () -> new ScoreMerges(vocabulary.pieces(), ids);
      }
      Merges ranks = new RankMerges(vocabulary, ids);
      return () -> ranks;
    }

    /** Whether a merge can go beyond the end of a word: no piece of Llama 2 has a space after anything but a space. */
    private static boolean hasSpaceWithin(Piece piece) {
      String text = piece.text();
      for (int space = text.indexOf(' ', 1); space > 0; space = text.indexOf(' ', space + 1)) {
        if (text.charAt(space - 1) != ' ') {
          return RankMerges.isText(piece);
        }
      }
      return false;
    }
  }

  /** Encodes the parts of one text, word by word. */
  private final class Words implements PreparedText.Reader {

    private final char[] text;
    private final TokenList out;
    private final Encoder encoder;
    private final Symbols symbols;
    private final WordMemory memory;

    Words(char[] text, TokenList out, Encoder encoder) {
      this.text = text;
      this.out = out;
      this.encoder = encoder;
      this.symbols = new Symbols(encoder.merges().get());
      this.memory = new WordMemory(text, out);
    }

    @Override public void token(int id) {
      out.add(id);
    }

    @Override public void part(int start, int end) {
      int begin = start;
      while (begin < end) {
        int stop = encoder.spacesBeginWords() ? wordEnd(begin, end) : end;
        if (!memory.repeat(begin, stop)) {
          int first = out.size();
          encode(begin, stop);
          memory.keep(begin, stop, first);
        }
        begin = stop;
      }
    }

    private int wordEnd(int begin, int end) {
      int at = begin;
      while (at < end && text[at] == ' ') {
        at++;
      }
      while (at < end && text[at] != ' ') {
        at++;
      }
      return at;
    }

    private void encode(int begin, int end) {
      for (int at = begin; at < end;) {
        int codePoint = Character.codePointAt(text, at, end);
        at += Character.charCount(codePoint);
        int id = encoder.ids().get(Character.toString(codePoint));
        if (id >= 0) {
          symbols.add(id);
        } else {
          bytePieces.add(codePoint, symbols);
        }
      }
      symbols.mergeInto(out);
    }
  }
}
