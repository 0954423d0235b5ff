package dev.cria.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Files that are none of a format's own, as they are met in the wild.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody outside gets at the array
public enum ForeignFile {
  /** No bytes at all. */
  EMPTY(new byte[0]),
  /** One byte. */
  ONE_BYTE(new byte[]{1}),
  /** Zeros. */
  ZEROS(new byte[4096]),
  /** Words. */
  TEXT("Once upon a time, there was a little girl named Lily.\n".repeat(50).getBytes(StandardCharsets.UTF_8)),
  /** What Git LFS leaves in place of a large file. */
  GIT_LFS_POINTER(("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64)
      + "\nsize 1048576\n").getBytes(StandardCharsets.UTF_8)),
  /** A zip archive, as of PyTorch. */
  ZIP(begins("PK\u0003\u0004", 4096)),
  /** A GGUF header that promises a tensor, and none. */
  GGUF(begins("GGUF\u0003\0\0\0\1", 4096)),
  /** A safetensors file that is empty but for its header. */
  SAFETENSORS(ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(2)
      .put("{}".getBytes(StandardCharsets.US_ASCII)).array()),
  /** Noise. */
  NOISE(noise());

  private final byte[] content;

  ForeignFile(byte[] content) {
    this.content = content;
  }

  byte[] content() {
    return content.clone();
  }

  private static byte[] begins(String signature, int size) {
    byte[] content = new byte[size];
    byte[] start = signature.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, content, 0, start.length);
    return content;
  }

  private static byte[] noise() {
    byte[] content = new byte[4096];
    new Random(1).nextBytes(content);
    content[3] |= (byte) 0x80; // a negative number, whoever takes it for one
    return content;
  }
}
