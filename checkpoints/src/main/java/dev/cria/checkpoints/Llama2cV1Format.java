package dev.cria.checkpoints;

import com.google.auto.service.AutoService;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.encodings.F32Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of llama2.c, version 1: a header with a signature, then F32 tensors, the norms first.
 *
 * <p>As in {@linkplain Llama2cV0Format version 0} there is neither a vocabulary, nor the base of the rotary frequencies, nor the
 * epsilon of the norms.
 *
 * @since 0.1
 */
@AutoService(CheckpointFormat.class)
public final class Llama2cV1Format implements CheckpointFormat {

  /** The name of this format. */
  public static final String NAME = "llama2c-v1";

  private static final int VERSION = 1;

  /** Creates one; all are alike. */
  public Llama2cV1Format() {}

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

  /** Writes version 1: weights of other encodings are decoded to F32. */
  @Override public void write(Checkpoint checkpoint, Path target) throws IOException {
    Llama2cWriter writer = Llama2cWriter.of(checkpoint, NAME);
    Llama2cVersionHeader header = new Llama2cVersionHeader(writer.header(), writer.header().sharedClassifier(), 0);
    writer.requireTensors(header.parts());
    CompleteFile.write(target, out -> {
      CompleteFile.writeAll(out, header.bytes(VERSION));
      for (Llama2cPart part : header.parts()) {
        writer.writeFloats(out, part);
      }
    });
  }

  private static Checkpoint read(Path path, MappedFile file) throws IOException {
    Llama2cVersionHeader header = Llama2cVersionHeader.read(path, file, VERSION);
    F32Encoding encoding = new F32Encoding();
    List<CheckpointTensor> tensors = new ArrayList<>();
    long offset = Llama2cVersionHeader.BYTES;
    for (Llama2cPart part : header.parts()) {
      tensors.add(MappedTensor.of(part, encoding, file, offset));
      offset = Math.addExact(offset, Math.multiplyExact(part.elements(), (long) Float.BYTES));
    }
    header.requireSize(path, file, offset);
    return new CheckpointContents(path.toString(), NAME, header.sizes()::configuration,
        CheckpointContents.byName(tensors), Optional.empty(), Map.of(), true, file.byteSize(), file);
  }
}
