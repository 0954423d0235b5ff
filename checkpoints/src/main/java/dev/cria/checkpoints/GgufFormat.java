package dev.cria.checkpoints;

import com.google.auto.service.AutoService;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * GGUF, versions 2 and 3: the files of llama.cpp, whole or split in parts.
 *
 * <p>Metadata says what the model is, and holds its vocabulary; tensors have names and types. A type is read by the encoding of
 * the same name, wherever it comes from: {@code Q4_K} by {@code q4_k}. A model that was split is opened by its first part, with
 * the others beside it.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">The format</a>
 * @since 0.1
 */
@AutoService(CheckpointFormat.class)
public final class GgufFormat implements CheckpointFormat {

  /** The name of this format. */
  public static final String NAME = "gguf";

  /** Divisors of the rotary frequencies: no weights, but a part of the configuration. */
  private static final String ROPE_DIVISORS = "rope_freqs.weight";

  /** Creates one; all are alike. */
  public GgufFormat() {}

  @Override public String name() {
    return NAME;
  }

  @Override public Recognition recognise(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return Recognition.no("is a folder, not a file");
    }
    try (MappedFile file = MappedFile.open(path)) {
      boolean magic = file.byteSize() >= Integer.BYTES && file.head(Integer.BYTES).getInt() == GgufHeader.MAGIC;
      return magic ? Recognition.yes("starts with \"GGUF\"") : Recognition.no("does not start with \"GGUF\"");
    }
  }

  @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
    GgufParts parts = GgufParts.open(path);
    try {
      return read(path, parts, encodings);
    } catch (IOException e) {
      parts.close();
      throw e;
    }
  }

  private static Checkpoint read(Path path, GgufParts parts, EncodingLookup encodings) throws IOException {
    SequencedMap<String, CheckpointTensor> tensors = new LinkedHashMap<>();
    for (GgufParts.Part part : parts.parts()) {
      for (GgufTensor tensor : part.header().tensors()) {
        MappedTensor mapped = new MappedTensor(GgufNames.neutral(tensor.name()), tensor.rows(), tensor.cols(),
            tensor.type().encoding(encodings), part.file(), part.header().dataStart() + tensor.offset());
        if (tensors.put(mapped.name(), mapped) != null) {
          throw new CheckpointFormatException(part.file().path(), "tensor " + tensor.name()
              + " is in another part, too; fetch all parts again");
        }
      }
    }
    List<Double> divisors = ropeDivisors(path, Optional.ofNullable(tensors.remove(ROPE_DIVISORS)));
    GgufMetadata metadata = parts.metadata();
    return new CheckpointContents(path.toString(), NAME, () -> GgufConfiguration.of(metadata, tensors, divisors),
        tensors, GgufVocabulary.of(metadata), metadata.asText(), false, parts.byteSize(), parts);
  }

  private static List<Double> ropeDivisors(Path path, Optional<CheckpointTensor> tensor) throws IOException {
    if (tensor.isEmpty()) {
      return List.of();
    }
    int count = tensor.get().cols();
    if (tensor.get().rows() != 1 || count < 1 || count > ModelLimits.HEAD_DIM
        || !tensor.get().encoding().name().equals("f32")) {
      throw new CheckpointFormatException(path, ROPE_DIVISORS + " is (" + tensor.get().rows() + ", " + count + ") in "
          + tensor.get().encoding().name() + ", expected a row of f32 for half a head; fetch or convert it again");
    }
    float[] divisors = new float[count];
    try (Arena arena = Arena.ofConfined()) {
      tensor.get().encoding().decode(tensor.get().map(arena).data(), 0, divisors, 0, count);
    }
    List<Double> list = new ArrayList<>();
    for (float divisor : divisors) {
      list.add((double) divisor);
    }
    return list;
  }
}
