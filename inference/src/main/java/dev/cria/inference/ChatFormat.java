package dev.cria.inference;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.inference.ChatTemplate.Around;
import dev.cria.inference.ChatTemplate.Stripped;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A template for one vocabulary: turns a conversation into tokens.
 *
 * <p>Only what the template itself says becomes control tokens. Messages are text, whatever they say: {@code <|im_end|>} in one
 * becomes the tokens of its letters, and never ends a turn. Where a model's marks are text themselves, such as {@code [INST]} of
 * Llama 2 and {@code <|user|>} of TinyLlama, a message that says them reads to the model as the mark does, and nothing is done
 * about that: to change what somebody writes would be worse.
 */
public final class ChatFormat {

  private static final String BOS = "<s>";
  private static final String EOS = "</s>";
  private static final Pattern MARK = Pattern.compile("<\\|[^|<>]+\\|>|</?s>|\\[/?[A-Z_]+]");

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final Map<String, Integer> marks;
  private final OptionalInt begin; // the token before a conversation

  /** Takes a conversation, piece by piece. */
  private interface Writer {
    void text(String text);

    void mark(String spelling, int token);

    void drawn(String text, int[] tokens);
  }

  private ChatFormat(ChatTemplate template, Tokenizer tokenizer, Map<String, Integer> marks) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.marks = marks;
    boolean each = template.placement().bosEachTurn();
    int[] framed = tokenizer.encode("a", EncodeOptions.PROMPT);
    boolean bos = framed.length > tokenizer.encode("a", EncodeOptions.TEXT).length;
    this.begin = bos && !each ? OptionalInt.of(framed[0]) : OptionalInt.empty();
  }

  /**
   * Prepares a template.
   *
   * @throws IllegalArgumentException if the vocabulary lacks a token that the template needs
   */
  public static ChatFormat of(ChatTemplate template, Tokenizer tokenizer) {
    Map<String, Integer> marks = marks(template, tokenizer.vocabulary());
    return new ChatFormat(template, withControl(tokenizer, marks), marks);
  }

  /** The template. */
  public ChatTemplate template() {
    return template;
  }

  /** The tokenizer, to which the template's marks are control tokens. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The tokens that end an answer: those that end a text or a turn, and the template's own. */
  public Set<Integer> ends() {
    Vocabulary.Special special = tokenizer.vocabulary().special();
    Set<Integer> ends = new HashSet<>(special.ends());
    special.bos().ifPresent(ends::add);
    special.eos().ifPresent(ends::add);
    Matcher mark = MARK.matcher(template.answer().after());
    while (mark.find()) {
      Integer token = marks.get(mark.group());
      if (token != null) {
        ends.add(token);
        break;
      }
    }
    return ends;
  }

  /** The tokens that a model is given, to answer the last turn. */
  int[] tokens(String system, List<ChatTurn> turns) {
    TokenWriter writer = new TokenWriter();
    begin.ifPresent(token -> writer.mark("", token));
    write(system, turns, writer);
    return writer.all();
  }

  /** The same for people, each mark spelled. */
  String text(String system, List<ChatTurn> turns) {
    StringBuilder out = new StringBuilder(begin.isPresent() ? tokenizer.piece(begin.getAsInt()).text().strip() : "");
    write(system, turns, new Writer() {
      @Override public void text(String text) {
        out.append(text);
      }

      @Override public void mark(String spelling, int token) {
        out.append(spelling);
      }

      @Override public void drawn(String text, int[] tokens) {
        out.append(template.answer().before()).append(text);
      }
    });
    return out.toString();
  }

  private void write(String system, List<ChatTurn> turns, Writer out) {
    boolean inside = template.placement().systemInside();
    if (!inside) {
      writeSystem(system, out);
    }
    for (int i = 0; i < turns.size(); i++) {
      ChatTurn turn = turns.get(i);
      piece(template.user().before(), out);
      if (inside && i == 0) {
        writeSystem(system, out);
      }
      out.text(stripped(turn.user(), Stripped.ALL));
      piece(template.user().after(), out);
      if (i < turns.size() - 1) {
        writeAnswer(turn, out);
      }
    }
  }

  private void writeSystem(String system, Writer out) {
    if (!system.isEmpty() || template.defaultSystem().isPresent()) {
      String said = system.isEmpty() ? template.defaultSystem().orElseThrow() : system;
      around(template.system(), stripped(said, Stripped.ALL), out);
    }
  }

  private void writeAnswer(ChatTurn turn, Writer out) {
    if (turn.drawn().isPresent()) {
      out.drawn(turn.answer(), turn.drawn().get());
      piece(template.answer().after(), out);
    } else {
      around(template.answer(), stripped(turn.answer(), Stripped.ANSWERS), out);
    }
  }

  private void around(Around around, String message, Writer out) {
    piece(around.before(), out);
    out.text(message);
    piece(around.after(), out);
  }

  private String stripped(String text, Stripped from) {
    return template.placement().stripped().compareTo(from) >= 0 ? text.strip() : text;
  }

  /** Writes what the template says, the only text in which marks are looked for. */
  private void piece(String piece, Writer out) {
    Matcher mark = MARK.matcher(piece);
    int from = 0;
    while (mark.find()) {
      Integer token = marks.get(mark.group());
      if (token != null) {
        out.text(piece.substring(from, mark.start()));
        out.mark(mark.group(), token);
        from = mark.end();
      }
    }
    out.text(piece.substring(from));
  }

  private static Map<String, Integer> marks(ChatTemplate template, Vocabulary vocabulary) {
    Set<String> spelled = new HashSet<>();
    for (Around around : List.of(template.system(), template.user(), template.answer())) {
      MARK.matcher(around.before() + around.after()).results().forEach(mark -> spelled.add(mark.group()));
    }
    Map<String, Integer> marks = new LinkedHashMap<>();
    for (int id = 0; id < vocabulary.pieces().size(); id++) {
      String text = vocabulary.pieces().get(id).text().strip();
      if (spelled.contains(text)) {
        marks.putIfAbsent(text, id);
      }
    }
    if (spelled.contains(BOS)) {
      marks.put(BOS, role(template, "begins", vocabulary.special().bos()));
    }
    if (spelled.contains(EOS)) {
      marks.put(EOS, role(template, "ends", vocabulary.special().eos()));
    }
    for (String token : template.tokens()) {
      if (!marks.containsKey(token)) {
        throw lacking(template, "the token " + token);
      }
    }
    return marks;
  }

  private static int role(ChatTemplate template, String does, OptionalInt token) {
    return token.orElseThrow(() -> lacking(template, "a token that " + does + " a text"));
  }

  private static IllegalArgumentException lacking(ChatTemplate template, String what) {
    return new IllegalArgumentException("The chat template '" + template.name() + "' needs " + what
        + ", which the vocabulary does not have; choose another. Available: " + ChatTemplates.names() + ".");
  }

  /* Some files call marks user-defined, which are found in any text, or plain text, which merges may lead to. */
  private static Tokenizer withControl(Tokenizer tokenizer, Map<String, Integer> marks) {
    Vocabulary vocabulary = tokenizer.vocabulary();
    if (marks.values().stream().allMatch(id -> tokenizer.piece(id).kind() == Kind.CONTROL)) {
      return tokenizer;
    }
    List<Piece> pieces = new ArrayList<>(vocabulary.pieces());
    marks.values().forEach(id -> pieces.set(id, new Piece(pieces.get(id).text(), 0, Kind.CONTROL)));
    return Tokenizer.of(new Vocabulary(vocabulary.model(), pieces, vocabulary.merges(), vocabulary.special(),
        vocabulary.metadata()));
  }

  /** Encodes the text between two marks as one: words do not end where a message does. */
  private final class TokenWriter implements Writer {

    private final IntStream.Builder tokens = IntStream.builder();
    private final StringBuilder text = new StringBuilder();
    private EncodeOptions.After after = EncodeOptions.After.NOTHING;

    @Override public void text(String more) {
      text.append(more);
    }

    @Override public void mark(String spelling, int token) {
      flush();
      tokens.add(token);
      after = EncodeOptions.After.CONTROL;
    }

    @Override public void drawn(String answer, int[] all) {
      flush();
      for (int token : all) {
        tokens.add(token);
      }
      after = EncodeOptions.After.TEXT;
    }

    private void flush() {
      if (!text.isEmpty()) {
        for (int token : tokenizer.encode(text.toString(), EncodeOptions.TEXT.withAfter(after))) {
          tokens.add(token);
        }
        text.setLength(0);
        after = EncodeOptions.After.TEXT;
      }
    }

    int[] all() {
      flush();
      return tokens.build().toArray();
    }
  }
}
