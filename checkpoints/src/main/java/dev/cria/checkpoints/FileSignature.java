package dev.cria.checkpoints;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A kind of file that people mistake for a checkpoint or that other programs read, told by its first bytes.
 *
 * @param what noun and article, to follow "is"
 * @param advice what to do next, to follow a semicolon
 * @param test for the first bytes, little-endian
 */
record FileSignature(String what, String advice, Predicate<ByteBuffer> test) {

  /** How much of a file {@link #of} wants to see. */
  static final int HEAD_BYTES = 4096;

  private static final String NO_READER = "this program lacks the part that reads it: take Cria's own jar 'checkpoints'";
  private static final String IN_A_FOLDER = "it is read with the config.json beside it: name the folder of both";
  private static final String OBSOLETE = "that format was given up for GGUF: fetch the model as GGUF or as a llama2.c file";
  private static final String EXPORT = "versions 0, 1 and 2 are read: export the model again in one of them";
  private static final String PICKLE = "loading a pickle can run any code, so Cria never does:"
      + " fetch the model as safetensors or GGUF, or export it as a llama2.c file";

  private static final List<FileSignature> KNOWN = List.of(
      ascii("GGUF", "a GGUF file", NO_READER),
      new FileSignature("a safetensors file", IN_A_FOLDER, FileSignature::isSafetensors),
      hex("504b0304", "a zip archive, as PyTorch's .pt files are", PICKLE),
      new FileSignature("a Python pickle", PICKLE, FileSignature::isPickle),
      ascii("version https://git-lfs", "a Git-LFS pointer, not the model itself",
          "run 'git lfs pull' where it was cloned"),
      hex("32346b6101000000", "a llama2.c file of version 1", NO_READER),
      hex("32346b6102000000", "a llama2.c file of version 2 (int8)", NO_READER),
      hex("32346b61", "a llama2.c file of an unknown version", EXPORT),
      hex("616b3432", "a llama2.c file in the wrong byte order (it begins with 61 6b 34 32, expected 32 34 6b 61)",
          "export the model again on a little-endian machine"),
      ascii("lmgg", "a GGML file", OBSOLETE),
      ascii("fmgg", "a GGMF file", OBSOLETE),
      ascii("tjgg", "a GGJT file", OBSOLETE),
      hex("1f8b08", "compressed with gzip", "unpack it with gunzip first"),
      hex("28b52ffd", "compressed with zstd", "unpack it with unzstd first"),
      hex("fd377a585a00", "compressed with xz", "unpack it with unxz first"),
      ascii("<!DOCTYPE", "a web page, not a model", "fetch the file itself, by its raw or download link"),
      ascii("<!doctype", "a web page, not a model", "fetch the file itself, by its raw or download link"),
      ascii("<html", "a web page, not a model", "fetch the file itself, by its raw or download link"),
      new FileSignature("nothing but zeros at its beginning", "the download may not have finished: fetch it again",
          FileSignature::isZeros));

  /** The first kind that fits. */
  static Optional<FileSignature> of(ByteBuffer head) {
    return KNOWN.stream().filter(signature -> signature.test.test(head)).findFirst();
  }

  private static FileSignature ascii(String start, String what, String advice) {
    return startingWith(start.getBytes(StandardCharsets.US_ASCII), what, advice);
  }

  private static FileSignature hex(String start, String what, String advice) {
    return startingWith(HexFormat.of().parseHex(start), what, advice);
  }

  private static FileSignature startingWith(byte[] start, String what, String advice) {
    return new FileSignature(what, advice,
        head -> head.limit() >= start.length && head.slice(0, start.length).equals(ByteBuffer.wrap(start)));
  }

  /** The length of a JSON header, then that header. */
  private static boolean isSafetensors(ByteBuffer head) {
    return head.limit() > Long.BYTES && head.get(Long.BYTES) == '{'
        && head.getLong(0) > 1 && head.getLong(0) <= 100_000_000;
  }

  /** The mark of protocol 2 to 5, then an opcode; a zero is none, but is in a llama2.c file of dim 640 (80 02 00 00). */
  private static boolean isPickle(ByteBuffer head) {
    return head.limit() > 2 && head.get(0) == (byte) 0x80 && head.get(1) >= 2 && head.get(1) <= 5 && head.get(2) != 0;
  }

  private static boolean isZeros(ByteBuffer head) {
    return head.limit() > 0 && head.slice(0, head.limit()).equals(ByteBuffer.allocate(head.limit()));
  }
}
