package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The small model that is built in: it tells stories for children, and was trained by {@code cria train}. Its model card,
 * {@code docs/MODEL-CARD.md}, has data, recipe and limits.
 *
 * <p>It is a file of {@linkplain Llama2cV2Format llama2.c's version 2} and its {@code tokenizer.bin}, which are resources beside
 * this class.
 *
 * @since 0.1
 */
public final class BuiltInCheckpoint {

  /** Its {@link Checkpoint#source()}. */
  public static final String SOURCE = "built-in";

  private static final String MODEL = "stories.bin";
  private static final String TOKENIZER = "tokenizer.bin";

  /** By name, as GGUF may have it, too: it learned stories, and no marks of who speaks. */
  private static final String CHAT_TEMPLATE = "plain";

  private BuiltInCheckpoint() {}

  /**
   * Reads it into memory.
   *
   * @throws IOException if it is not in the jar, or damaged there
   */
  public static Checkpoint open() throws IOException {
    ModelBytes bytes;
    try (InputStream in = resource(MODEL)) {
      bytes = new BytesInMemory(Path.of(SOURCE), in.readAllBytes());
    }
    Vocabulary vocabulary;
    try (InputStream in = resource(TOKENIZER)) {
      Vocabulary read = TokenizerBin.read(in, Path.of(SOURCE));
      Map<String, String> metadata = new HashMap<>(read.metadata());
      metadata.put("chat_template", CHAT_TEMPLATE);
      vocabulary = new Vocabulary(read.model(), read.pieces(), read.merges(), read.special(), metadata);
    }
    Checkpoint model = Llama2cV2Format.read(Path.of(SOURCE), bytes);
    return new CheckpointContents(SOURCE, model.format(), model::configuration, model.tensors(),
        Optional.of(vocabulary),
        Map.of("description", "tells stories for children", "made by", "cria train, from TinyStories"), true,
        model.byteSize(), model::close);
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = BuiltInCheckpoint.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the jar of Cria's checkpoints has no " + name + "; build it again");
    }
    return in;
  }
}
