package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.tokenizers.SpecialPieces.SpecialPiece;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The tokenizer of GPT-2, Llama 3, Qwen 2 and SmolLM: byte-pair encoding of bytes.
 *
 * <p>Special pieces are taken out first: {@linkplain EncodeOptions#special() control tokens} if asked for, {@linkplain
 * Kind#USER_DEFINED user-defined} ones always. What is between is cut into words, by a rule that the vocabulary names. Each
 * byte of a word, in UTF-8, is a token; then the two neighbours that come first in the list of merges are merged, the leftmost
 * among equals, until there are none. The time grows as n log n, whatever the text.
 *
 * @see <a href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford
 *     et al. 2019, Language Models are Unsupervised Multitask Learners</a>, section 2.2
 * @since 0.1
 */
public final class ByteLevelBpe implements Tokenizer {

  /*
   * Llama 3 takes a word that is a token as it is, even where its merges would not lead there; GGUF does not say so, and
   * llama.cpp does it for these names. It is the same with BOS.
   * StarCoder has no token for the byte 0xF1, the first of characters that are not assigned. It is left out, as by llama.cpp;
   * the unknown token of that vocabulary is the one that ends a text, which no text may contain.
   */
  private static final int FIRST_OF_NOTHING = 0xF1; // bytes from here on begin unassigned or private characters, or none
  private static final int NEVER = 0xC0; // this byte and the next are never in UTF-8

  private final Vocabulary vocabulary;
  private final PieceIds ids;
  private final Merges merges;
  private final int[] byteTokens = new int[256]; // −1 where there is none
  private final PreTokenizer preTokenizer;
  private final boolean wholeWords;
  private final boolean prefixSpace;
  private final UnaryOperator<String> normalForm;
  private final SpecialPieces asWritten;
  private final SpecialPieces normalized;
  private final Frame frame;

  /**
   * Prepares a vocabulary.
   *
   * @throws IllegalArgumentException if it is for another algorithm, cuts words by a rule that is not here, lacks a byte, or
   *     has merges of what is no token
   */
  public ByteLevelBpe(Vocabulary vocabulary) {
    if (vocabulary.model() != Vocabulary.Model.BYTE_LEVEL_BPE) {
      throw new IllegalArgumentException(
          "the vocabulary is for " + vocabulary.model() + "; expected " + Vocabulary.Model.BYTE_LEVEL_BPE);
    }
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer(vocabulary);
    boolean llama3 = preTokenizer == PreTokenizer.LLAMA_3;
    this.wholeWords = vocabulary.metadata().containsKey(Settings.IGNORE_MERGES)
        ? Settings.flag(vocabulary, Settings.IGNORE_MERGES)
        : llama3;
    this.frame = Frame.of(vocabulary, llama3 && vocabulary.special().bos().isPresent());
    this.prefixSpace = Settings.flag(vocabulary, Settings.ADD_PREFIX_SPACE);
    this.normalForm = NormalForm.of(vocabulary);
    this.ids = new PieceIds(vocabulary.pieces(), Set.of(Kind.NORMAL, Kind.USER_DEFINED));
    this.merges = new RankMerges(vocabulary, ids);
    SpecialSelection selection = SpecialSelection.of(vocabulary);
    this.asWritten = selection.asWritten();
    this.normalized = selection.normalized(normalForm);
    for (int b = 0; b < byteTokens.length; b++) {
      byteTokens[b] = byteToken((byte) b);
    }
  }

  @Override public int[] encode(String text, EncodeOptions options) {
    PreparedText prepared = prepare(text, options);
    TokenList out = new TokenList(text.length() / 3 + 16);
    frame.begin(text, options, out);
    prepared.read(new Words(prepared.chars(), out));
    frame.end(options, out);
    return out.toArray();
  }

  @Override public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override public byte[] bytes(int previous, int token) {
    Piece piece = piece(token);
    byte[] bytes = piece.kind() == Kind.NORMAL ? ByteCharacters.bytes(piece.text()) : null;
    return bytes == null ? piece.text().getBytes(UTF_8) : bytes;
  }

  private static PreTokenizer preTokenizer(Vocabulary vocabulary) {
    String name = vocabulary.metadata().get(Settings.PRE);
    if (name == null) {
      throw new IllegalArgumentException("it does not say how it cuts a text into words (" + Settings.PRE
          + "); convert the model again, or name its tokenizer.json with -z");
    }
    return PreTokenizer.named(name).orElseThrow(() -> new IllegalArgumentException("it cuts a text into words as '"
        + name + "' does, which is not supported; those that are: " + PreTokenizer.known()));
  }

  private int byteToken(byte b) {
    int id = ids.get(String.valueOf(ByteCharacters.of(b)));
    if (id < 0 && (b & 0xFF) < FIRST_OF_NOTHING && (b & 0xFE) != NEVER) {
      throw new IllegalArgumentException(
          "it has no token '%c' for the byte 0x%02X; the file is damaged".formatted(ByteCharacters.of(b), b));
    }
    return id;
  }

  private PreparedText prepare(String text, EncodeOptions options) {
    boolean control = options.special();
    PreparedText prepared = new PreparedText(text.length() + 16);
    SpecialPieces.Parts last = new SpecialPieces.Parts() {
      @Override public void text(String part) {
        if (prefixSpace && part.charAt(0) != ' ' && options.after() != EncodeOptions.After.TEXT) {
          prepared.append(' ');
        }
        prepared.append(part);
      }

      @Override public void special(SpecialPiece piece) {
        prepared.token(piece.id());
      }
    };
    asWritten.split(text, control, new SpecialPieces.Parts() {
      @Override public void text(String part) {
        normalized.split(normalForm.apply(part), control, last);
        prepared.endPart();
      }

      @Override public void special(SpecialPiece piece) {
        last.special(piece);
      }
    });
    return prepared;
  }

  /** Encodes the parts of one text, word by word. */
  private final class Words implements PreparedText.Reader {

    private final char[] text;
    private final TokenList out;
    private final Symbols symbols = new Symbols(merges);
    private final WordMemory memory;

    Words(char[] text, TokenList out) {
      this.text = text;
      this.out = out;
      this.memory = new WordMemory(text, out);
    }

    @Override public void token(int id) {
      out.add(id);
    }

    @Override public void part(int start, int end) {
      int begin = start;
      while (begin < end) {
        int stop = preTokenizer.next(text, begin, end);
        if (!memory.repeat(begin, stop)) {
          int first = out.size();
          encode(begin, stop);
          memory.keep(begin, stop, first);
        }
        begin = stop;
      }
    }

    private void encode(int begin, int end) {
      byte[] bytes = new String(text, begin, end - begin).getBytes(UTF_8);
      int whole = wholeWords && bytes.length <= ids.longest() ? ids.get(spelling(bytes)) : -1;
      if (whole >= 0) {
        out.add(whole);
        return;
      }
      for (byte b : bytes) {
        int id = byteTokens[b & 0xFF];
        if (id >= 0) {
          symbols.add(id);
        }
      }
      symbols.mergeInto(out);
    }

    private String spelling(byte[] bytes) {
      char[] characters = new char[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        characters[i] = ByteCharacters.of(bytes[i]);
      }
      return new String(characters);
    }
  }
}
