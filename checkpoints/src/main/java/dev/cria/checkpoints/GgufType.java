package dev.cria.checkpoints;

import java.util.Locale;
import java.util.Optional;

/** The types of values in the metadata of a GGUF file; the ordinal is the number in the file. */
enum GgufType {
  UINT8(1), INT8(1), UINT16(2), INT16(2), UINT32(4), INT32(4), FLOAT32(4), BOOL(1), STRING(8), ARRAY(12), UINT64(
      8), INT64(8), FLOAT64(8);

  private final int leastBytes;

  GgufType(int leastBytes) {
    this.leastBytes = leastBytes;
  }

  static Optional<GgufType> of(int number) {
    return number < 0 || number >= values().length ? Optional.empty() : Optional.of(values()[number]);
  }

  /** How few bytes a value may have. */
  int leastBytes() {
    return leastBytes;
  }

  @Override public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
