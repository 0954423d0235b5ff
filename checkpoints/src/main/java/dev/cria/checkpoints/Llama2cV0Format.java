package dev.cria.checkpoints;

import com.google.auto.service.AutoService;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.encodings.F32Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The files of llama2.c, version 0: a header of seven numbers, then F32 tensors without names.
 *
 * <p>The file says neither the base of the rotary frequencies nor the epsilon of the norms: they are 10000 and 1e-5. It has
 * no vocabulary; that comes in a {@code tokenizer.bin}. A negative vocabulary size means that the classifier is a matrix of
 * its own, at the end. The tables of cosines and sines before it are skipped.
 *
 * <p>The format has no signature. A file is taken for one if it begins with nothing known and at most one of the seven
 * numbers is out of range, whatever its size, so that a damaged file is explained and not just refused.
 *
 * @since 0.1
 */
@AutoService(CheckpointFormat.class)
public final class Llama2cV0Format implements CheckpointFormat {

  /** The name of this format. */
  public static final String NAME = "llama2c-v0";

  /** Creates one; all are alike. */
  public Llama2cV0Format() {}

  @Override public String name() {
    return NAME;
  }

  @Override public Recognition recognise(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return Recognition.no("is a folder, not a file");
    }
    try (MappedFile file = MappedFile.open(path)) {
      ByteBuffer head = file.head(FileSignature.HEAD_BYTES);
      Optional<FileSignature> other = FileSignature.of(head);
      if (other.isPresent()) {
        return Recognition.no(other.get().what());
      }
      if (head.limit() < Llama2cHeader.BYTES) {
        return Recognition.no("its header alone has " + Llama2cHeader.BYTES + " bytes");
      }
      Llama2cHeader header = Llama2cHeader.read(head);
      int wrong = header.fieldsOutOfRange();
      if (wrong > 1) {
        return Recognition.no(wrong + " of the 7 numbers of its header would be out of range");
      }
      return Recognition.yes(header.problem().isEmpty() ? "sound " + header : "header with one unsound number");
    }
  }

  @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
    return MappedFile.open(path, file -> read(path, file));
  }

  @Override public boolean writes() {
    return true;
  }

  /** Writes version 0: weights of other encodings are decoded to F32, the tables of cosines and sines are filled in. */
  @Override public void write(Checkpoint checkpoint, Path target) throws IOException {
    Llama2cWriter writer = Llama2cWriter.of(checkpoint, NAME);
    Llama2cV0Layout layout = Llama2cV0Layout.of(checkpoint.configuration(), writer.header().sharedClassifier());
    writer.requireTensors(layout.tensors());
    CompleteFile.write(target, out -> {
      ByteBuffer head = ByteBuffer.allocate(Llama2cHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writer.header().write(head);
      CompleteFile.writeAll(out, head.flip());
      for (Llama2cPart part : layout.tensors()) {
        writer.writeFloats(out, part);
        if (part.name().equals(TensorNames.FINAL_NORM)) {
          writeTables(out, checkpoint.configuration());
        }
      }
    });
  }

  /** Cosines of all positions, then sines: {@code (contextLength, headDim / 2)} each, of no use to any reader of today. */
  private static void writeTables(WritableByteChannel out, ModelConfiguration model) throws IOException {
    float[] row = new float[model.headDim() / 2];
    for (boolean cosines : new boolean[]{true, false}) {
      for (int position = 0; position < model.contextLength(); position++) {
        for (int pair = 0; pair < row.length; pair++) {
          double angle = position / StrictMath.pow(Llama2cHeader.ROPE_THETA, 2.0 * pair / model.headDim());
          row[pair] = (float) (cosines ? StrictMath.cos(angle) : StrictMath.sin(angle));
        }
        Llama2cWriter.writeFloats(out, row, row.length);
      }
    }
  }

  private static Checkpoint read(Path path, MappedFile file) throws IOException {
    ByteBuffer head = file.head(Llama2cHeader.BYTES);
    if (head.limit() < Llama2cHeader.BYTES) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "has %,d bytes, but its header alone has %d; fetch it again", file.byteSize(), Llama2cHeader.BYTES));
    }
    Llama2cHeader header = Llama2cHeader.read(head);
    Optional<Llama2cHeader.Problem> problem = header.problem();
    if (problem.isPresent()) {
      throw new CheckpointFormatException(path, problem.get().offset(),
          problem.get().text() + "; the file is damaged or no llama2.c checkpoint of version 0");
    }
    Llama2cV0Layout layout = Llama2cV0Layout.of(header.configuration(), header.sharedClassifier());
    if (file.byteSize() != layout.byteSize()) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "%s: %s needs %,d bytes, file has %,d; fetch it again",
          file.byteSize() < layout.byteSize() ? "truncated" : "too long", header, layout.byteSize(), file.byteSize()));
    }
    F32Encoding encoding = new F32Encoding();
    List<MappedTensor> tensors = layout.parts().stream()
        .map(part -> MappedTensor.of(part.tensor(), encoding, file, part.offset())).toList();
    return new CheckpointContents(path.toString(), NAME, header::configuration, CheckpointContents.byName(tensors),
        Optional.empty(), Map.of(), true, file.byteSize(), file);
  }
}
