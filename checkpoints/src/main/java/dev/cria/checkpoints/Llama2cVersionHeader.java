package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.checkpoint.TensorNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The 256 bytes at the start of a llama2.c file of version 1 or 2: a signature, the version, the seven sizes of version 0, then
 * whether the classifier is shared; in version 2 also the size of groups.
 *
 * @param groupSize elements that share a scale; of no meaning in version 1
 */
record Llama2cVersionHeader(Llama2cHeader sizes, boolean sharedClassifier, int groupSize) {

  static final int BYTES = 256;

  private static final int MAGIC = 0x616b3432;
  private static final int SIZES = 8;
  private static final int SHARED = SIZES + Llama2cHeader.BYTES;
  private static final int GROUP_SIZE = SHARED + 1;

  static Recognition recognise(Path path, int version) throws IOException {
    if (Files.isDirectory(path)) {
      return Recognition.no("is a folder, not a file");
    }
    try (MappedFile file = MappedFile.open(path)) {
      ByteBuffer head = file.head(SIZES);
      if (head.limit() < SIZES || head.getInt(0) != MAGIC) {
        return Recognition.no("does not start with llama2.c's signature");
      }
      return head.getInt(Integer.BYTES) == version
          ? Recognition.yes("starts with llama2.c's signature and version " + version)
          : Recognition.no("is of version " + head.getInt(Integer.BYTES));
    }
  }

  /**
   * Reads and checks it.
   *
   * @throws CheckpointFormatException if it is of another version, or not sound
   */
  static Llama2cVersionHeader read(Path path, ModelBytes file, int version) throws IOException {
    ByteBuffer head = file.head(BYTES);
    if (head.limit() < BYTES) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "has %,d bytes, but its header alone has %d; fetch it again", file.byteSize(), BYTES));
    }
    if (head.getInt(0) != MAGIC || head.getInt(Integer.BYTES) != version) {
      throw new CheckpointFormatException(path, "is no llama2.c file of version " + version);
    }
    Llama2cHeader sizes = Llama2cHeader.read(head.slice(SIZES, Llama2cHeader.BYTES).order(head.order()));
    Optional<Llama2cHeader.Problem> problem = sizes.problem();
    if (problem.isPresent()) {
      throw damaged(path, SIZES + problem.get().offset(), problem.get().text());
    }
    if (sizes.signedVocab() < 0) {
      throw damaged(path, SIZES + 20, "vocab is " + sizes.signedVocab() + ", expected a positive number");
    }
    int shared = head.get(SHARED);
    if (shared != 0 && shared != 1) {
      throw damaged(path, SHARED, "the mark of a shared classifier is " + shared + ", expected 0 or 1");
    }
    return new Llama2cVersionHeader(sizes, shared == 1, head.getInt(GROUP_SIZE));
  }

  /** All 256 bytes of it. */
  ByteBuffer bytes(int version) {
    ByteBuffer head = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(version);
    Llama2cHeader.of(sizes.configuration(), true).write(head);
    head.put((byte) (sharedClassifier ? 1 : 0));
    if (groupSize > 0) {
      head.putInt(groupSize);
    }
    return head.clear();
  }

  /** Something wrong in the header. */
  static CheckpointFormatException damaged(Path path, int offset, String problem) {
    return new CheckpointFormatException(path, offset, problem + "; the file is damaged");
  }

  /** Something wrong with the size of groups. */
  static CheckpointFormatException wrongGroups(Path path, String problem) {
    return damaged(path, GROUP_SIZE, problem);
  }

  /**
   * Checks the size of the file.
   *
   * @throws CheckpointFormatException if it is another
   */
  void requireSize(Path path, ModelBytes file, long needed) throws CheckpointFormatException {
    if (file.byteSize() != needed) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "%s: %s needs %,d bytes, file has %,d; fetch it again",
          file.byteSize() < needed ? "truncated" : "too long", sizes, needed, file.byteSize()));
    }
  }

  /** All tensors in the order of the file. */
  List<Llama2cPart> parts() {
    List<Llama2cPart> parts = norms();
    parts.addAll(matrices());
    return parts;
  }

  /** The norms, which are F32 in both versions. */
  List<Llama2cPart> norms() {
    List<Llama2cPart> parts = new ArrayList<>();
    addLayers(parts, TensorNames::attentionNorm, 1, sizes.dim());
    addLayers(parts, TensorNames::ffnNorm, 1, sizes.dim());
    parts.add(new Llama2cPart(TensorNames.FINAL_NORM, 1, sizes.dim()));
    return parts;
  }

  /** The matrices, which come after the norms. */
  List<Llama2cPart> matrices() {
    int dim = sizes.dim();
    int kvDim = sizes.configuration().kvDim();
    List<Llama2cPart> parts = new ArrayList<>();
    parts.add(new Llama2cPart(TensorNames.TOKEN_EMBEDDING, Math.abs(sizes.signedVocab()), dim));
    addLayers(parts, TensorNames::qProj, dim, dim);
    addLayers(parts, TensorNames::kProj, kvDim, dim);
    addLayers(parts, TensorNames::vProj, kvDim, dim);
    addLayers(parts, TensorNames::oProj, dim, dim);
    addLayers(parts, TensorNames::gateProj, sizes.hiddenDim(), dim);
    addLayers(parts, TensorNames::downProj, dim, sizes.hiddenDim());
    addLayers(parts, TensorNames::upProj, sizes.hiddenDim(), dim);
    if (!sharedClassifier) {
      parts.add(new Llama2cPart(TensorNames.LM_HEAD, Math.abs(sizes.signedVocab()), dim));
    }
    return parts;
  }

  private void addLayers(List<Llama2cPart> parts, IntFunction<String> name, int rows, int cols) {
    for (int layer = 0; layer < sizes.layers(); layer++) {
      parts.add(new Llama2cPart(name.apply(layer), rows, cols));
    }
  }
}
