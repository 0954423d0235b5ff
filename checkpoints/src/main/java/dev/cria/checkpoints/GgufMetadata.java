package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The metadata of a GGUF file: values by key, and what to say where one is missing or not as it should be. */
final class GgufMetadata {

  private final Path path;
  private final SequencedMap<String, GgufValue> values;

  GgufMetadata(Path path, SequencedMap<String, GgufValue> values) {
    this.path = path;
    this.values = values;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<GgufValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All of it as text for people. */
  Map<String, String> asText() {
    Map<String, String> text = new LinkedHashMap<>();
    values.forEach((key, value) -> text.put(key, value.text()));
    return Collections.unmodifiableMap(text);
  }

  Optional<String> text(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Text.class, "a string").map(GgufValue.Text::value);
  }

  String requiredText(String key) throws CheckpointFormatException {
    return text(key).orElseThrow(() -> missing(key));
  }

  Optional<Boolean> flag(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Flag.class, "a bool").map(GgufValue.Flag::value);
  }

  Optional<Double> real(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Real.class, "a float").map(GgufValue.Real::value);
  }

  Optional<List<String>> texts(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Texts.class, "an array of strings").map(GgufValue.Texts::values);
  }

  Optional<GgufValue.Wholes> wholes(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Wholes.class, "an array of integers");
  }

  Optional<GgufValue.Reals> reals(String key) throws CheckpointFormatException {
    return find(key, GgufValue.Reals.class, "an array of floats");
  }

  /** A whole number of any width, or an array of as many equal ones as there may be: some files give one for each layer. */
  Optional<Long> whole(String key) throws CheckpointFormatException {
    GgufValue value = values.get(key);
    if (value instanceof GgufValue.Wholes all && all.values().length > 0) {
      for (long each : all.values()) {
        if (each != all.values()[0]) {
          throw new CheckpointFormatException(path, key + " differs from layer to layer: " + value.text()
              + "; models like that are not supported");
        }
      }
      return Optional.of(all.values()[0]);
    }
    Optional<GgufValue.Whole> whole = find(key, GgufValue.Whole.class, "an integer");
    if (whole.isPresent() && whole.get().kind() == GgufType.UINT64 && whole.get().value() < 0) {
      throw new CheckpointFormatException(path, key + " is " + whole.get().text() + ", which is out of all range");
    }
    return whole.map(GgufValue.Whole::value);
  }

  /** A whole number from 1 to {@code most}. */
  Optional<Integer> size(String key, int most) throws CheckpointFormatException {
    Optional<Long> value = whole(key);
    if (value.isPresent() && (value.get() < 1 || value.get() > most)) {
      throw problem("%s is %d, expected 1 to %,d; the file is damaged, or no model like that is supported", key,
          value.get(), most);
    }
    return value.map(Long::intValue);
  }

  int requiredSize(String key, int most) throws CheckpointFormatException {
    return size(key, most).orElseThrow(() -> missing(key));
  }

  double requiredReal(String key) throws CheckpointFormatException {
    return real(key).orElseThrow(() -> missing(key));
  }

  /** Something wrong in the file. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
  CheckpointFormatException problem(String format, Object... arguments) {
    return new CheckpointFormatException(path, String.format(Locale.ROOT, format, arguments));
  }

  private CheckpointFormatException missing(String key) {
    return problem("has no key %s, which a model needs; fetch or convert it again", key);
  }

  private <V extends GgufValue> Optional<V> find(String key, Class<V> type, String expected)
      throws CheckpointFormatException {
    GgufValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw problem("%s is of type %s, expected %s; the file is damaged or was written by a wrong converter", key,
          value.type(), expected);
    }
    return Optional.of(type.cast(value));
  }
}
