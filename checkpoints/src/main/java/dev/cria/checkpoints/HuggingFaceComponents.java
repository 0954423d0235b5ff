package dev.cria.checkpoints;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer.json} says beside the pieces: components that normalise a text, cut it, put tokens around it and decode
 * it. They become settings of a vocabulary; one that has no setting is named as {@code unsupported}, and no tokenizer is made.
 */
final class HuggingFaceComponents {

  /*
   * A component is never ignored, and what this class does not expect is refused by its name, so that no text gets other
   * tokens than its model was trained on. Two things change no token and are passed over: truncation and padding, which are
   * for batches, and offsets.
   * The expressions are those of the files; what they mean is in PreTokenizer of the module tokenizers.
   */
  private static final String SPACE = "\u2581";
  private static final String UNSUPPORTED = "unsupported";
  private static final Set<String> KEYS = Set.of("version", "truncation", "padding", "added_tokens", "normalizer",
      "pre_tokenizer", "post_processor", "decoder", "model");
  private static final String DIGITS = "digits";
  private static final String SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final Map<String, String> EXPRESSIONS = Map.of(
      WORDS + "\\p{N}{1,3}" + SIGNS, "llama-bpe",
      WORDS + "\\p{N}" + SIGNS, "qwen2",
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", "gpt-2");
  private static final Map<List<String>, String> CUTS = Map.of(List.of("llama-bpe"), "llama-bpe", List.of("qwen2"),
      "qwen2", List.of("gpt-2"), "gpt-2", List.of(DIGITS, "gpt-2"), "starcoder");

  private final Map<?, ?> tokenizer;
  private final Map<?, ?> model;
  private final Map<String, String> settings = new HashMap<>();
  private OptionalInt bos = OptionalInt.empty();

  HuggingFaceComponents(Map<?, ?> tokenizer, Map<?, ?> model) {
    this.tokenizer = tokenizer;
    this.model = model;
    settings.put("model", String.valueOf(model.get("type")));
    if (isBpe()) {
      readModel();
      List<Map<?, ?>> normalizers = steps("normalizer", "normalizers");
      List<Map<?, ?>> preTokenizers = steps("pre_tokenizer", "pretokenizers");
      List<Map<?, ?>> decoders = steps("decoder", "decoders");
      if (isSentencePiece()) {
        readSentencePiece(normalizers, preTokenizers, decoders);
      } else {
        readByteLevel(normalizers, preTokenizers, decoders);
      }
      steps("post_processor", "processors").forEach(this::readPostProcessor);
      readAddedTokens(!normalizers.isEmpty());
    }
  }

  boolean isBpe() {
    return "BPE".equals(model.get("type"));
  }

  /** Whether characters without a piece become pieces for bytes, as SentencePiece has it; otherwise all pieces are of bytes. */
  boolean isSentencePiece() {
    return Boolean.TRUE.equals(model.get("byte_fallback"));
  }

  /** The token that the post-processor puts before a text. */
  OptionalInt bos() {
    return bos;
  }

  Map<String, String> settings() {
    return settings;
  }

  private void readModel() {
    for (Object key : tokenizer.keySet()) {
      require(KEYS.contains(String.valueOf(key)), "has '" + key + "'");
    }
    boolean dropout = model.get("dropout") instanceof BigDecimal rate && rate.signum() != 0;
    require(!dropout, "leaves out merges by chance (dropout)");
    for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      require(Objects.requireNonNullElse(model.get(key), "").equals(""), "marks parts of words (" + key + ")");
    }
    copy("ignore_merges", model);
    copy("fuse_unk", model);
  }

  private void readByteLevel(List<Map<?, ?>> normalizers, List<Map<?, ?>> preTokenizers, List<Map<?, ?>> decoders) {
    for (Map<?, ?> normalizer : normalizers) {
      requireKnown("normalizer", normalizer, readNormalForm(normalizer));
    }
    List<String> cuts = new ArrayList<>();
    boolean bytes = false;
    for (Map<?, ?> step : preTokenizers) {
      require(!bytes, "cuts words after they became bytes (" + type(step) + ")");
      switch (type(step)) {
        case "Split" -> cuts.add(cut(step));
        case "Digits" -> {
          requireKnown("pre_tokenizer", step, Boolean.TRUE.equals(step.get("individual_digits")));
          cuts.add(DIGITS);
        }
        case "ByteLevel" -> {
          bytes = true;
          if (!Boolean.FALSE.equals(step.get("use_regex"))) {
            cuts.add("gpt-2");
          }
          boolean space = !Boolean.FALSE.equals(step.get("add_prefix_space"));
          require(!space || preTokenizers.size() == 1, "puts a space before every word (add_prefix_space)");
          settings.put("add_prefix_space", Boolean.toString(space));
        }
        default -> requireKnown("pre_tokenizer", step, false);
      }
    }
    require(bytes, "has no pre_tokenizer ByteLevel");
    String pre = CUTS.get(cuts);
    require(pre != null, "cuts words by " + String.join(", then ", cuts));
    if (pre != null) {
      settings.put("pre", pre);
    }
    require(decoders.size() == 1 && type(decoders.getFirst()).equals("ByteLevel"), "has "
        + (decoders.isEmpty() ? "no decoder" : "the decoder " + types(decoders)) + ", expected ByteLevel");
  }

  private String cut(Map<?, ?> step) {
    Object expression = step.get("pattern") instanceof Map<?, ?> pattern ? pattern.get("Regex") : null;
    String name = expression instanceof String text ? EXPRESSIONS.get(text) : null;
    require(name != null, "cuts words by the expression " + shortened(expression));
    require("Isolated".equals(step.get("behavior")) && !Boolean.TRUE.equals(step.get("invert")),
        "cuts words with the behavior " + step.get("behavior"));
    return name == null ? "an unknown expression" : name;
  }

  private void readSentencePiece(List<Map<?, ?>> normalizers, List<Map<?, ?>> preTokenizers,
      List<Map<?, ?>> decoders) {
    boolean replaces = false;
    String prefix = "false";
    for (Map<?, ?> step : normalizers) {
      if (type(step).equals("Prepend") && SPACE.equals(step.get("prepend"))) {
        prefix = "part";
      } else if (replaces(step, " ", SPACE)) {
        replaces = true;
      } else {
        requireKnown("normalizer", step, readNormalForm(step));
      }
    }
    for (Map<?, ?> step : preTokenizers) {
      boolean known = type(step).equals("Metaspace") && SPACE.equals(step.get("replacement"))
          && Boolean.FALSE.equals(step.get("split"));
      requireKnown("pre_tokenizer", step, known);
      replaces = true;
      prefix = prefix.equals("false") ? prefix(step) : prefix;
    }
    require(replaces, "does not write spaces as U+2581");
    settings.put("add_space_prefix", prefix);
    for (Map<?, ?> step : decoders) {
      boolean known = switch (type(step)) {
        case "Replace" -> replaces(step, SPACE, " ");
        case "Strip" -> " ".equals(step.get("content")) && isOne(step.get("start")) && !isOne(step.get("stop"));
        case "Metaspace", "ByteFallback", "Fuse" -> true;
        default -> false;
      };
      requireKnown("decoder", step, known);
    }
    require(!decoders.isEmpty(), "has no decoder");
  }

  private static String prefix(Map<?, ?> metaspace) {
    Object scheme = metaspace.get("prepend_scheme");
    if (scheme == null) {
      return Boolean.FALSE.equals(metaspace.get("add_prefix_space")) ? "false" : "part-without-space";
    }
    return switch (String.valueOf(scheme)) {
      case "never" -> "false";
      case "first" -> "start-without-space";
      default -> "part-without-space";
    };
  }

  private boolean readNormalForm(Map<?, ?> normalizer) {
    boolean known = Set.of("NFC", "NFD", "NFKC", "NFKD").contains(type(normalizer));
    return known && settings.put("normal_form", type(normalizer)) == null;
  }

  private void readPostProcessor(Map<?, ?> step) {
    if (type(step).equals("TemplateProcessing")) {
      readTemplate(step);
    } else {
      requireKnown("post_processor", step, type(step).equals("ByteLevel"));
    }
  }

  /** What is put before a text; what is put after it is for texts that end, and no prompt does. */
  private void readTemplate(Map<?, ?> template) {
    List<String> before = new ArrayList<>();
    boolean text = false;
    for (Object each : template.get("single") instanceof List<?> list ? list : List.of()) {
      Map<?, ?> part = each instanceof Map<?, ?> object ? object : Map.of();
      if (part.get("SpecialToken") instanceof Map<?, ?> special && !text) {
        before.add(String.valueOf(special.get("id")));
      }
      text |= part.containsKey("Sequence");
    }
    require(text && before.size() <= 1, "puts " + before + " before a text");
    settings.put("add_bos_token", Boolean.toString(!before.isEmpty()));
    if (!before.isEmpty() && template.get("special_tokens") instanceof Map<?, ?> tokens
        && tokens.get(before.getFirst()) instanceof Map<?, ?> token && token.get("ids") instanceof List<?> ids
        && ids.size() == 1 && ids.getFirst() instanceof BigDecimal id && id.scale() == 0 && id.signum() >= 0
        && id.compareTo(BigDecimal.valueOf(ModelLimits.VOCABULARY)) < 0) {
      bos = OptionalInt.of(id.intValueExact());
    } else {
      require(before.isEmpty(), "puts " + before + " before a text, which are not one token,");
    }
  }

  private void readAddedTokens(boolean normalizes) {
    List<String> normalized = new ArrayList<>();
    for (Object each : tokenizer.get("added_tokens") instanceof List<?> list ? list : List.of()) {
      Map<?, ?> token = each instanceof Map<?, ?> object ? object : Map.of();
      for (String flag : List.of("single_word", "lstrip", "rstrip")) {
        require(!Boolean.TRUE.equals(token.get(flag)),
            "has the added token '" + shortened(token.get("content")) + "' with " + flag);
      }
      if (normalizes && Boolean.TRUE.equals(token.get("normalized")) && token.get("id") instanceof BigDecimal id) {
        normalized.add(id.toPlainString());
      }
    }
    settings.put("normalized_tokens", String.join(" ", normalized));
  }

  /** A component as a list of those that it is made of. */
  private List<Map<?, ?>> steps(String key, String sequenceKey) {
    List<Map<?, ?>> steps = new ArrayList<>();
    Object component = tokenizer.get(key);
    if (component instanceof Map<?, ?> one && type(one).equals("Sequence")) {
      for (Object each : one.get(sequenceKey) instanceof List<?> list ? list : List.of()) {
        steps.add(each instanceof Map<?, ?> step ? step : Map.of());
      }
    } else if (component != null) {
      steps.add(component instanceof Map<?, ?> one ? one : Map.of());
    }
    return steps;
  }

  private static boolean replaces(Map<?, ?> step, String what, String by) {
    return type(step).equals("Replace") && step.get("pattern") instanceof Map<?, ?> pattern
        && what.equals(pattern.get("String")) && by.equals(step.get("content"));
  }

  private static boolean isOne(@Nullable Object number) {
    return number instanceof BigDecimal value && value.compareTo(BigDecimal.ONE) == 0;
  }

  private void copy(String key, Map<?, ?> from) {
    if (from.get(key) instanceof Boolean flag) {
      settings.put(key, flag.toString());
    }
  }

  private void requireKnown(String role, Map<?, ?> component, boolean known) {
    require(known, "has the " + role + " " + shortened(component));
  }

  private void require(boolean known, String what) {
    if (!known) {
      settings.putIfAbsent(UNSUPPORTED, "it " + what + ": that is not supported");
    }
  }

  private static String type(Map<?, ?> component) {
    return String.valueOf(component.get("type"));
  }

  private static String types(List<Map<?, ?>> components) {
    return components.stream().map(HuggingFaceComponents::type).collect(Collectors.joining(", "));
  }

  private static String shortened(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() > 120 ? text.substring(0, 120) + "…" : text;
  }
}
