package dev.cria.checkpoints;

import com.google.auto.service.AutoService;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder as Hugging Face has it: {@code config.json}, weights in one safetensors file or in several with an index, and the
 * tokenizer's files.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">The format of the weights</a>
 * @since 0.1
 */
@AutoService(CheckpointFormat.class)
public final class SafetensorsFormat implements CheckpointFormat {

  /** The name of this format. */
  public static final String NAME = "safetensors";

  /*
   * This class names no JSON library, and what does is loaded when a folder is opened: the format is asked about every file.
   */

  /** Creates one; all are alike. */
  public SafetensorsFormat() {}

  @Override public String name() {
    return NAME;
  }

  @Override public Recognition recognise(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Recognition.no("is a file, not a folder");
    }
    if (Files.isRegularFile(path.resolve(SafetensorsFolder.CONFIG))) {
      return Recognition.yes("is a folder with a " + SafetensorsFolder.CONFIG);
    }
    try (Stream<Path> files = Files.list(path)) {
      Optional<Path> weights = files.filter(file -> file.toString().endsWith(SafetensorsFolder.SUFFIX)).findFirst();
      return weights.isPresent()
          ? Recognition.yes("is a folder with " + weights.get().getFileName())
          : Recognition.no("has neither " + SafetensorsFolder.CONFIG + " nor a file " + SafetensorsFolder.SUFFIX);
    }
  }

  @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
    return new SafetensorsFolder(path, encodings).open();
  }
}
