package dev.cria.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chat template of a folder of Hugging Face: text that nobody here runs. It is in {@code chat_template.jinja}, or else in
 * {@code tokenizer_config.json}, by itself or as one of several with names, of which {@code default} counts.
 */
final class HuggingFaceChatTemplate {

  private static final String FILE = "chat_template.jinja";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String KEY = "chat_template"; // in the configuration, and in GGUF's metadata
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_CONFIG_BYTES = 32 << 20;

  private HuggingFaceChatTemplate() {}

  /** The same vocabulary, with the folder's template among its metadata, if there is one. */
  static Vocabulary addTo(Vocabulary vocabulary, Path folder) throws IOException {
    Optional<String> template = in(folder);
    if (template.isEmpty()) {
      return vocabulary;
    }
    Map<String, String> metadata = new HashMap<>(vocabulary.metadata());
    metadata.put(KEY, template.get());
    return new Vocabulary(vocabulary.model(), vocabulary.pieces(), vocabulary.merges(), vocabulary.special(), metadata);
  }

  private static Optional<String> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file)) {
      if (Files.size(file) > MOST_BYTES) {
        throw new CheckpointFormatException(file, String.format(Locale.ROOT,
            "has %,d bytes, more than a template can need (%,d); fetch it again", Files.size(file), MOST_BYTES));
      }
      return Optional.of(new String(Files.readAllBytes(file), UTF_8));
    }
    Path config = folder.resolve(CONFIG);
    return Files.isRegularFile(config)
        ? Optional.ofNullable(text(JsonFile.readObject(config, MOST_CONFIG_BYTES).get(KEY)))
        : Optional.empty();
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof List<?> several) {
      for (Object each : several) {
        if (each instanceof Map<?, ?> one && "default".equals(one.get("name"))) {
          return text(one.get("template"));
        }
      }
    }
    return value instanceof String text ? text : null;
  }
}
