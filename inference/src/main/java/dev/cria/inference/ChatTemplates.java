package dev.cria.inference;

import dev.cria.api.NearestName;
import dev.cria.inference.ChatTemplate.Around;
import dev.cria.inference.ChatTemplate.Placement;
import dev.cria.inference.ChatTemplate.Stripped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The templates there are, by name.
 *
 * <p>They were written after the templates that the models' makers publish on Hugging Face, and checked with what
 * <a href="https://github.com/ggml-org/llama.cpp/blob/master/tests/test-chat-template.cpp">llama.cpp expects</a> of them.
 */
public final class ChatTemplates {

  /*
   * [1] https://github.com/meta-llama/llama/blob/main/llama/generation.py, chat_completion: BOS and EOS around each turn.
   * [2] https://huggingface.co/meta-llama/Meta-Llama-3-8B-Instruct and Llama-3.1-8B-Instruct, tokenizer_config.json. The date is
   *     the one that the template has where nobody gives it another: a prompt must not depend on the day.
   * [3] https://github.com/mistralai/cookbook/blob/main/concept-deep-dive/tokenization/chat_templates.md, and mistral-common. A
   *     blank at the beginning of a part of SentencePiece is the tokenizer's own. The system prompt stands before the first
   *     message in v1, and in v3 before the last: here always before the first, as in llama.cpp, so that the cache is of use.
   * [4] https://huggingface.co/Qwen/Qwen2.5-0.5B-Instruct, Qwen2-0.5B-Instruct, Qwen1.5-0.5B-Chat, HuggingFaceTB/SmolLM2-135M-Instruct.
   * [5] https://huggingface.co/HuggingFaceH4/zephyr-7b-beta, TinyLlama/TinyLlama-1.1B-Chat-v1.0: equal. Their markers are text.
   */
  private static final Placement PLAIN_TURNS = new Placement(false, false, Stripped.NONE);
  private static final Optional<String> NONE = Optional.empty();

  /** What is written is gone on with, and nothing else: for models that learned no conversation. */
  static final ChatTemplate PLAIN = new ChatTemplate("plain", new Placement(true, false, Stripped.NONE), NONE,
      new Around("", "\n\n"), new Around("", ""), new Around("", "\n\n"), List.of());

  static final ChatTemplate LLAMA_2 = new ChatTemplate("llama2", new Placement(true, true, Stripped.ALL), NONE, // [1]
      new Around("<<SYS>>\n", "\n<</SYS>>\n\n"), new Around("<s>[INST] ", " [/INST]"), new Around(" ", " </s>"),
      List.of());

  static final ChatTemplate LLAMA_3 = new ChatTemplate("llama3", new Placement(false, false, Stripped.ALL), NONE, // [2]
      new Around("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
      new Around("<|start_header_id|>user<|end_header_id|>\n\n",
          "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"),
      new Around("", "<|eot_id|>"), List.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"));

  static final ChatTemplate LLAMA_3_1 = new ChatTemplate("llama3.1", LLAMA_3.placement(), Optional.of(""), // [2]
      new Around(LLAMA_3.system().before() + "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n",
          "<|eot_id|>"),
      LLAMA_3.user(), LLAMA_3.answer(), LLAMA_3.tokens());

  static final ChatTemplate MISTRAL_V1 = new ChatTemplate("mistral-v1", new Placement(true, false, Stripped.NONE), NONE, // [3]
      new Around("", "\n\n"), new Around(" [INST] ", " [/INST]"), new Around(" ", "</s>"), List.of());

  static final ChatTemplate MISTRAL_V3 = new ChatTemplate("mistral-v3", new Placement(true, false, Stripped.ANSWERS),
      NONE, // [3]
      new Around("", "\n\n"), new Around("[INST] ", "[/INST]"), new Around(" ", "</s>"), List.of("[INST]", "[/INST]"));

  static final ChatTemplate MISTRAL_V3_TEKKEN = new ChatTemplate("mistral-v3-tekken", // [3]
      new Placement(true, false, Stripped.NONE), NONE, new Around("", "\n\n"), new Around("[INST]", "[/INST]"),
      new Around("", "</s>"), List.of("[INST]", "[/INST]"));

  static final ChatTemplate CHATML = new ChatTemplate("chatml", PLAIN_TURNS, NONE, // [4]
      new Around("<|im_start|>system\n", "<|im_end|>\n"),
      new Around("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"), new Around("", "<|im_end|>\n"),
      List.of("<|im_start|>", "<|im_end|>"));

  static final ChatTemplate QWEN_1_5 = CHATML.named("qwen1.5", "You are a helpful assistant"); // [4]

  static final ChatTemplate QWEN_2 = CHATML.named("qwen2", "You are a helpful assistant."); // [4]

  static final ChatTemplate QWEN_2_5 = CHATML.named("qwen2.5", // [4]
      "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.");

  static final ChatTemplate SMOLLM = CHATML.named("smollm", // [4]
      "You are a helpful AI assistant named SmolLM, trained by Hugging Face");

  static final ChatTemplate ZEPHYR = new ChatTemplate("zephyr", PLAIN_TURNS, NONE, // [5]
      new Around("<|system|>\n", "</s>\n"), new Around("<|user|>\n", "</s>\n<|assistant|>\n"), new Around("", "</s>\n"),
      List.of());

  private static final List<ChatTemplate> ALL = List.of(LLAMA_2, LLAMA_3, LLAMA_3_1, MISTRAL_V1, MISTRAL_V3,
      MISTRAL_V3_TEKKEN, CHATML, QWEN_1_5, QWEN_2, QWEN_2_5, SMOLLM, ZEPHYR, PLAIN);

  private ChatTemplates() {}

  /** All of them. */
  public static List<ChatTemplate> all() {
    return ALL;
  }

  /** The names, for people. */
  public static String names() {
    return ALL.stream().map(ChatTemplate::name).collect(Collectors.joining(", "));
  }

  /**
   * The template of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that are there
   */
  public static ChatTemplate named(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("Unknown chat template '" + name + "'. Available: "
        + names() + "." + NearestName.of(name, ALL.stream().map(ChatTemplate::name).toList())
            .map(near -> " Did you mean '" + near + "'?").orElse("")));
  }

  static Optional<ChatTemplate> find(String name) {
    return ALL.stream().filter(template -> template.name().equals(name)).findFirst();
  }
}
