package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which template a model wants, and how one knows.
 *
 * @param template the template, if it is known
 * @param reason for people: {@code its template has the marks of chatml}, or what is wrong
 */
public record ChatRecognition(Optional<ChatTemplate> template, String reason) {

  /*
   * A template in a file is a program of a stranger, in Jinja. It is never run: it is searched for what tells the known ones
   * apart. What no rule fits is unknown; a wrong template would make a model answer worse, and quietly.
   */
  private static final String KEY = "chat_template";
  private static final int MOST_CHARACTERS = 1 << 20;

  /**
   * How a template is recognised, as it is written with line breaks and single quotes.
   *
   * @param template which it is
   * @param has all of these are in it
   * @param lacks this is not
   */
  private record Rule(ChatTemplate template, List<String> has, Pattern lacks) {

    boolean fits(String text) {
      return has.stream().allMatch(text::contains) && !lacks.matcher(text).find();
    }
  }

  /** Marks of Phi 4, SmolVLM and SmolLM 3, which look like ChatML and are not. */
  private static final String NOT_CHATML = "<\\|im_sep\\|>|<end_of_utterance>|Reasoning Mode";

  /** A system prompt of its own, which counts where none is given. */
  private static final String OWN_SYSTEM = "<\\|im_start\\|>system\n[^'{]"
      + "|<\\|start_header_id\\|>system<\\|end_header_id\\|>\n\n[^'{]|elif true == true";

  private static final Pattern TOOLS = Pattern.compile("\\[AVAILABLE_TOOLS]|\\[SYSTEM_PROMPT]");
  private static final Pattern VERSION_7 = Pattern.compile("\\[SYSTEM_PROMPT]");
  private static final Pattern OTHER_SYSTEM = Pattern.compile(OWN_SYSTEM);
  private static final Pattern OTHER_CHATML = Pattern.compile(NOT_CHATML);
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private static final List<Rule> RULES = List.of(
      chatml(ChatTemplates.QWEN_2_5), chatml(ChatTemplates.QWEN_2), chatml(ChatTemplates.QWEN_1_5),
      chatml(ChatTemplates.SMOLLM),
      new Rule(ChatTemplates.CHATML, ChatTemplates.CHATML.tokens(), Pattern.compile(NOT_CHATML + "|" + OWN_SYSTEM)),
      new Rule(ChatTemplates.LLAMA_3_1, List.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>",
          "Cutting Knowledge Date: December 2023", "'26 Jul 2024'"), NOTHING),
      new Rule(ChatTemplates.LLAMA_3, ChatTemplates.LLAMA_3.tokens(), OTHER_SYSTEM),
      new Rule(ChatTemplates.LLAMA_2, List.of("[INST]", "<<SYS>>", "<</SYS>>"), OTHER_SYSTEM),
      new Rule(ChatTemplates.MISTRAL_V3_TEKKEN, List.of("'[INST]'", "[AVAILABLE_TOOLS]"), VERSION_7),
      new Rule(ChatTemplates.MISTRAL_V3, List.of("'[INST] '", "[AVAILABLE_TOOLS]"), VERSION_7),
      new Rule(ChatTemplates.MISTRAL_V1, List.of("[INST] ' + ", " [/INST]'"), TOOLS),
      new Rule(ChatTemplates.ZEPHYR, List.of("'<|user|>\n' + message['content'] + eos_token", "'<|assistant|>"),
          NOTHING));

  /** The template of a model: as it is named in its metadata, as its marks say, or as its vocabulary does. */
  public static ChatRecognition of(Checkpoint checkpoint, Vocabulary vocabulary) {
    String own = checkpoint.vocabulary().map(inside -> inside.metadata().get(KEY)).orElse(null);
    String text = own == null ? vocabulary.metadata().get(KEY) : own;
    return text == null ? ofVocabulary(checkpoint, vocabulary) : ofText(text);
  }

  /**
   * The template to use.
   *
   * @param named what the user named in its place
   * @throws IllegalArgumentException if there is none of that name, or none was named and the model's is not known
   */
  public ChatTemplate choose(Optional<String> named) {
    return named.map(ChatTemplates::named).or(() -> template)
        .orElseThrow(() -> new IllegalArgumentException("No chat template: " + reason
            + ". Name the one it was trained with (--chat-template). Available: " + ChatTemplates.names() + "."));
  }

  /** The template that a text is, or that it names. */
  static ChatRecognition ofText(String text) {
    Optional<ChatTemplate> named = ChatTemplates.find(text.strip());
    if (named.isPresent()) {
      return new ChatRecognition(named, "the model names it");
    }
    if (text.length() > MOST_CHARACTERS) {
      return unknown(String.format(Locale.ROOT,
          "the model's chat template has %,d characters, more than one can need", text.length()));
    }
    String plain = text.replace("\\n", "\n").replace('"', '\'');
    return RULES.stream().filter(rule -> rule.fits(plain)).findFirst()
        .map(rule -> new ChatRecognition(Optional.of(rule.template), "the model's template has its marks"))
        .orElseGet(
            () -> unknown("the model's chat template is none that Cria knows, and templates in files are not run"));
  }

  private static ChatRecognition ofVocabulary(Checkpoint checkpoint, Vocabulary vocabulary) {
    if (checkpoint.endsWithBos()) {
      return new ChatRecognition(Optional.of(ChatTemplates.LLAMA_2), "llama2.c's, for a model without a template");
    }
    return Stream.of(ChatTemplates.LLAMA_3, ChatTemplates.CHATML)
        .filter(template -> template.tokens().stream().allMatch(token -> has(vocabulary, token))).findFirst()
        .map(template -> new ChatRecognition(Optional.of(template), "its tokens are in the vocabulary"))
        .orElseGet(() -> unknown("the model comes without a chat template; perhaps it is not made for conversations"));
  }

  private static boolean has(Vocabulary vocabulary, String text) {
    return vocabulary.pieces().stream().anyMatch(piece -> piece.text().equals(text));
  }

  private static ChatRecognition unknown(String reason) {
    return new ChatRecognition(Optional.empty(), reason);
  }

  private static Rule chatml(ChatTemplate template) {
    String system = template.system().before() + template.defaultSystem().orElseThrow() + "<|im_end|>";
    return new Rule(template, List.of("<|im_start|>", "<|im_end|>", system), OTHER_CHATML);
  }
}
