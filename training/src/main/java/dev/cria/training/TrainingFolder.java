package dev.cria.training;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.checkpoints.Llama2cV1Format;
import dev.cria.tokenizers.SentencePieceModel;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * The folder of a training run and its files.
 *
 * @param path the folder
 * @since 0.1
 */
public record TrainingFolder(Path path) {

  /** The model: a llama2.c file, which every other command reads. */
  public Path model() {
    return path.resolve("model.bin");
  }

  /** The vocabulary, as llama2.c has it. */
  public Path tokenizer() {
    return path.resolve("tokenizer.bin");
  }

  /** The vocabulary, as SentencePiece has it. */
  public Path sentencePieceModel() {
    return path.resolve("tokenizer.model");
  }

  /** The recipe. */
  public Path recipe() {
    return path.resolve("training.properties");
  }

  /** Losses, a line for each step. */
  public Path losses() {
    return path.resolve("loss.csv");
  }

  /** The same as a picture. */
  public Path plot() {
    return path.resolve("loss.png");
  }

  /** What is needed to go on. */
  public Path state() {
    return path.resolve("training.state");
  }

  /**
   * Makes the folder ready for a new run.
   *
   * @throws IOException if it cannot be written, or holds a run already
   */
  void begin() throws IOException {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      IOException named = new FileSystemException(path.toString(), null,
          "no folder can be made there (" + e.getClass().getSimpleName() + "); choose another");
      named.initCause(e);
      throw named;
    }
    if (!Files.isWritable(path)) {
      throw new AccessDeniedException(path.toString(), null, "the folder cannot be written; choose another");
    }
    if (Files.exists(state())) {
      throw new FileAlreadyExistsException(path.toString(), null,
          "holds a training run already; go on with --resume, or choose another folder");
    }
    AtomicFile.removeParts(path);
  }

  /** Writes what stays the same during a run. */
  void write(Recipe recipe, Vocabulary vocabulary) throws IOException {
    TokenizerBin.write(vocabulary, tokenizer());
    SentencePieceModel.write(vocabulary, sentencePieceModel());
    AtomicFile.write(recipe(),
        out -> AtomicFile.writeAll(out, ByteBuffer.wrap(recipe.properties().getBytes(StandardCharsets.UTF_8))));
  }

  /** Writes the model. */
  void write(Parameters weights, Vocabulary vocabulary) throws IOException {
    new Llama2cV1Format().write(new TrainedCheckpoint(weights, vocabulary), model());
  }

  /**
   * The settings of the run that the folder holds.
   *
   * @throws IOException if there is none, or its recipe is damaged
   */
  Map<Setting, String> settings() throws IOException {
    if (!Files.exists(state())) {
      throw new NoSuchFileException(path.toString(), null,
          "holds no training run to resume; begin one without --resume");
    }
    AtomicFile.removeParts(path);
    return settings(recipe());
  }

  /**
   * Reads settings from a properties file.
   *
   * @throws IOException if it cannot be read, or has a name that is no setting
   */
  public static Map<Setting, String> settings(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file.toString(), null, "is no properties file: " + e.getMessage());
    }
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    for (String key : properties.stringPropertyNames()) {
      Setting setting = Setting.named(key).orElseThrow(() -> new FileSystemException(file.toString(), null,
          "has an unknown setting '" + key + "'. Known: " + String.join(", ", Setting.keys())));
      settings.put(setting, properties.getProperty(key).strip());
    }
    return settings;
  }
}
