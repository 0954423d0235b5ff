package dev.cria.tokenizers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a text is cut into words before byte-level BPE; no merge goes beyond a word. */
enum PreTokenizer {

  /*
   * Each is a regular expression, in the files of Hugging Face, and a name, in GGUF. They are written out here as loops over
   * code points: java.util.regex would do the same at a fraction of the speed, and overflows its stack on a word of a
   * million letters. Alternatives are tried in the order of the expression; what (?!\S) does is to leave the last space of
   * several to the word that follows.
   * Names: llama.cpp, src/llama-vocab.cpp. Letters, numbers and spaces are those of Unicode. Contractions are told by ASCII
   * letters alone, although U+017F folds to s.
   */

  /** {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+} */
  GPT_2(Integer.MAX_VALUE, "gpt-2, phi-2, olmo") {
    @Override int next(char[] text, int start, int end) {
      return spaceLed(text, start, end, false);
    }
  },

  /** Each {@code \p{N}} by itself, and what lies between as by {@link #GPT_2}. */
  STARCODER(1, "starcoder, smollm, refact, command-r, codeshell") {
    @Override int next(char[] text, int start, int end) {
      return spaceLed(text, start, end, true);
    }
  },

  /**
   * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}
   */
  LLAMA_3(3, "llama-bpe, llama3, llama-v3, falcon3") {
    @Override int next(char[] text, int start, int end) {
      return signLed(text, start, end);
    }
  },

  /** As {@link #LLAMA_3}, with {@code \p{N}} for {@code \p{N}{1,3}}. */
  QWEN_2(1, "qwen2, deepseek-r1-qwen") {
    @Override int next(char[] text, int start, int end) {
      return signLed(text, start, end);
    }
  };

  private final int digits; // of a word at most
  private final String names; // of GGUF, separated by a comma and a space

  PreTokenizer(int digits, String names) {
    this.digits = digits;
    this.names = names;
  }

  /** The one of a name that files use. */
  static Optional<PreTokenizer> named(String name) {
    return Stream.of(values()).filter(each -> List.of(each.names.split(", ", -1)).contains(name)).findFirst();
  }

  /** All names, for messages. */
  static String known() {
    return Stream.of(values()).map(each -> each.names).collect(Collectors.joining(", "));
  }

  /** Where the word ends that starts at a place. */
  abstract int next(char[] text, int start, int end);

  /** A word may begin with one space. */
  int spaceLed(char[] text, int start, int end, boolean numbersApart) {
    int contraction = contraction(text, start, end, false);
    if (contraction > 0) {
      return start + contraction;
    }
    int body = text[start] == ' ' && start + 1 < end ? start + 1 : start;
    CharacterKind kind = kind(text, body, end);
    if (kind == CharacterKind.NUMBER && numbersApart) {
      return body == start ? after(text, start, end) : body;
    }
    if (kind != CharacterKind.SPACE) {
      return run(text, body, end, kind, digits);
    }
    return spaces(text, start, end, numbersApart);
  }

  /** Letters may begin with any one sign, other signs with one space; the end of a line ends a word. */
  int signLed(char[] text, int start, int end) {
    int contraction = contraction(text, start, end, true);
    if (contraction > 0) {
      return start + contraction;
    }
    CharacterKind first = kind(text, start, end);
    if (first == CharacterKind.LETTER || first == CharacterKind.NUMBER) {
      return run(text, start, end, first, digits);
    }
    int body = after(text, start, end);
    CharacterKind next = body < end ? kind(text, body, end) : CharacterKind.SPACE;
    if (next == CharacterKind.LETTER && text[start] != '\r' && text[start] != '\n') {
      return run(text, body, end, next, digits);
    }
    if (first == CharacterKind.OTHER || (next == CharacterKind.OTHER && text[start] == ' ')) {
      return lineEnds(text, run(text, body, end, CharacterKind.OTHER, digits), end);
    }
    int lines = throughLastLineEnd(text, start, end);
    return lines > start ? lines : spaces(text, start, end, false);
  }

  /** All spaces but the last, which belongs to what follows; all of them at the end, or if there is one only. */
  private static int spaces(char[] text, int start, int end, boolean numbersApart) {
    int stop = run(text, start, end, CharacterKind.SPACE, 0);
    boolean last = stop == end || (numbersApart && kind(text, stop, end) == CharacterKind.NUMBER);
    return last || stop - start == 1 ? stop : stop - 1; // no white space is a surrogate pair
  }

  private static int throughLastLineEnd(char[] text, int start, int end) {
    int last = start;
    for (int i = start; i < end && CharacterKind.of(text[i]) == CharacterKind.SPACE; i++) {
      last = text[i] == '\r' || text[i] == '\n' ? i + 1 : last;
    }
    return last;
  }

  private static int lineEnds(char[] text, int start, int end) {
    int i = start;
    while (i < end && (text[i] == '\r' || text[i] == '\n')) {
      i++;
    }
    return i;
  }

  /** Where a run of one kind ends; one of numbers has a length at most. */
  private static int run(char[] text, int start, int end, CharacterKind kind, int digits) {
    int i = start;
    for (int count = 0; i < end && kind(text, i, end) == kind; count++) {
      if (kind == CharacterKind.NUMBER && count == digits) {
        break;
      }
      i = after(text, i, end);
    }
    return i;
  }

  private static CharacterKind kind(char[] text, int at, int end) {
    return text[at] < 0x80 ? CharacterKind.of(text[at]) : CharacterKind.of(Character.codePointAt(text, at, end));
  }

  private static int after(char[] text, int at, int end) {
    boolean pair = Character.isHighSurrogate(text[at]) && at + 1 < end && Character.isLowSurrogate(text[at + 1]);
    return at + (pair ? 2 : 1);
  }

  /** How long the contraction is that starts at a place; 0 if there is none. */
  private static int contraction(char[] text, int start, int end, boolean ignoreCase) {
    if (text[start] != '\'' || start + 1 >= end) {
      return 0;
    }
    int first = lower(text[start + 1], ignoreCase);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return 2;
    }
    int second = start + 2 < end ? lower(text[start + 2], ignoreCase) : 0;
    boolean two = ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
    return two ? 3 : 0;
  }

  private static int lower(char c, boolean ignoreCase) {
    return ignoreCase && c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
