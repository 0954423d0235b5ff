package dev.cria.checkpoints;

import com.google.auto.service.AutoService;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.encodings.F32Encoding;
import dev.cria.encodings.Int8Groups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of llama2.c, version 2: a header with a signature, norms in F32, then matrices of int8 groups.
 *
 * <p>Each matrix is all its levels, then all its scales. Groups run over the rows one after another; where their size does not
 * divide a row, they are read as smaller groups that do, with the same scale.
 *
 * @since 0.1
 */
@AutoService(CheckpointFormat.class)
public final class Llama2cV2Format implements CheckpointFormat {

  /** The name of this format. */
  public static final String NAME = "llama2c-v2";

  private static final int VERSION = 2;
  private static final int MOST_GROUP_SIZE = 1 << 20;
  private static final int GROUP_SIZE = 64; // llama2.c's, halved until it divides every matrix

  /** Creates one; all are alike. */
  public Llama2cV2Format() {}

  @Override public String name() {
    return NAME;
  }

  @Override public Recognition recognise(Path path) throws IOException {
    return Llama2cVersionHeader.recognise(path, VERSION);
  }

  @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
    return MappedFile.open(path, file -> read(path, file));
  }

  @Override public boolean writes() {
    return true;
  }

  /**
   * Writes version 2: norms are decoded to F32, matrices encoded in groups of 64, or less where that does not divide them; those
   * that are in such groups already keep their levels and scales.
   */
  @Override public void write(Checkpoint checkpoint, Path target) throws IOException {
    Llama2cWriter writer = Llama2cWriter.of(checkpoint, NAME);
    boolean shared = writer.header().sharedClassifier();
    Llama2cVersionHeader plain = new Llama2cVersionHeader(writer.header(), shared, 0);
    writer.requireTensors(plain.parts());
    int group = groupSize(checkpoint, plain.matrices());
    CompleteFile.write(target, out -> {
      CompleteFile.writeAll(out, new Llama2cVersionHeader(writer.header(), shared, group).bytes(VERSION));
      for (Llama2cPart part : plain.norms()) {
        writer.writeFloats(out, part);
      }
      for (Llama2cPart part : plain.matrices()) {
        writer.writeInt8(out, part, group);
      }
    });
  }

  /** That of the checkpoint, where it has one. */
  private static int groupSize(Checkpoint checkpoint, List<Llama2cPart> matrices) throws IOException {
    Set<Integer> sizes = new HashSet<>();
    for (Llama2cPart part : matrices) {
      sizes.add(
          checkpoint.tensor(part.name()).encoding() instanceof Int8Groups groups ? groups.blockSize() : GROUP_SIZE);
    }
    int size = sizes.size() == 1 ? sizes.iterator().next() : GROUP_SIZE;
    for (Llama2cPart part : matrices) {
      while (part.elements() % size != 0) {
        size /= 2;
      }
    }
    return size;
  }

  /** Reads a file of this format, which the checkpoint keeps open. */
  static Checkpoint read(Path path, ModelBytes file) throws IOException {
    Llama2cVersionHeader header = Llama2cVersionHeader.read(path, file, VERSION);
    int group = header.groupSize();
    if (group < 1 || group > MOST_GROUP_SIZE) {
      throw Llama2cVersionHeader.wrongGroups(path,
          String.format(Locale.ROOT, "the group size is %d, expected 1 to %,d", group, MOST_GROUP_SIZE));
    }
    F32Encoding f32 = new F32Encoding();
    List<CheckpointTensor> tensors = new ArrayList<>();
    long offset = Llama2cVersionHeader.BYTES;
    for (Llama2cPart part : header.norms()) {
      tensors.add(MappedTensor.of(part, f32, file, offset));
      offset += part.elements() * Float.BYTES;
    }
    for (Llama2cPart part : header.matrices()) {
      tensors.add(matrix(path, part, group, file, offset));
      offset = Math.addExact(offset, Math.addExact(part.elements(), part.elements() / group * Float.BYTES));
    }
    header.requireSize(path, file, offset);
    return new CheckpointContents(path.toString(), NAME, header.sizes()::configuration,
        CheckpointContents.byName(tensors), Optional.empty(), Map.of("group size", Integer.toString(group)), true,
        file.byteSize(), file);
  }

  private static CheckpointTensor matrix(Path path, Llama2cPart part, int group, ModelBytes file,
      long offset) throws CheckpointFormatException {
    if (part.elements() % group != 0) {
      throw Llama2cVersionHeader.wrongGroups(path, "the group size is " + group + ", which does not divide the "
          + part.elements() + " elements of " + part.name());
    }
    return Int8Tensor.of(part, group, file, offset);
  }
}
