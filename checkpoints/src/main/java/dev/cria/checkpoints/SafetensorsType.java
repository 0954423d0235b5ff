package dev.cria.checkpoints;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.EncodingLookup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types of tensors in safetensors files that take whole bytes. */
enum SafetensorsType {
  F32(4), F16(2), BF16(2), F64(8), F8_E4M3(1), F8_E5M2(1), BOOL(1), U8(1), I8(1), U16(2), I16(2), U32(4), I32(4), U64(
      8), I64(8);

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<SafetensorsType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /** The encoding of that name, or one that is not available. */
  Encoding encoding(EncodingLookup encodings) {
    String encoding = name().toLowerCase(Locale.ROOT);
    return encodings.named(encoding).filter(found -> found.blockSize() == 1 && found.blockBytes() == bytes)
        .orElseGet(() -> new MissingEncoding(encoding, 1, bytes, List.copyOf(encodings.names())));
  }
}
