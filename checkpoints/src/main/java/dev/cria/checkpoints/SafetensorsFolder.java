package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.EncodingLookup;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Opens a folder of Hugging Face. */
final class SafetensorsFolder {

  static final String CONFIG = "config.json";
  static final String SUFFIX = ".safetensors";

  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final int MOST_CONFIG_BYTES = 1 << 20;
  private static final int MOST_INDEX_BYTES = 32 << 20;

  /** Buffers that old files have among the weights: computed from the configuration anyway. */
  private static final String COMPUTED = ".rotary_emb.inv_freq";

  private final Path folder;
  private final EncodingLookup encodings;
  private final List<MappedFile> files = new ArrayList<>();
  private final SequencedMap<String, CheckpointTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  SafetensorsFolder(Path folder, EncodingLookup encodings) {
    this.folder = folder;
    this.encodings = encodings;
  }

  Checkpoint open() throws IOException {
    if (!Files.isDirectory(folder)) {
      if (!Files.exists(folder)) {
        throw new NoSuchFileException(folder.toString(), null, "no such folder; check the path");
      }
      throw new CheckpointFormatException(folder, "is a file, expected a folder with a " + CONFIG);
    }
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      throw new CheckpointFormatException(folder, "has weights, but no " + CONFIG + " beside them; fetch it, too");
    }
    HuggingFaceConfiguration config = new HuggingFaceConfiguration(folder.resolve(CONFIG),
        JsonFile.readObject(folder.resolve(CONFIG), MOST_CONFIG_BYTES));
    Closeable all = () -> {
      for (MappedFile file : files) {
        file.close();
      }
    };
    try {
      if (Files.isRegularFile(folder.resolve(INDEX))) {
        openShards();
      } else {
        openFile(onlyFile());
      }
      return checkpoint(config, all);
    } catch (IOException e) {
      all.close();
      throw e;
    }
  }

  private Checkpoint checkpoint(HuggingFaceConfiguration config, Closeable all) throws IOException {
    if (config.tied()) {
      tensors.remove(TensorNames.LM_HEAD); // a copy of the embedding, if it is there at all
    } else if (!tensors.containsKey(TensorNames.LM_HEAD) && tensors.containsKey(TensorNames.TOKEN_EMBEDDING)) {
      throw new CheckpointFormatException(folder, "has no tensor " + TensorNames.LM_HEAD + ", and " + CONFIG
          + " does not say that it is tied to the embedding (tie_word_embeddings); fetch it again");
    }
    boolean bias = tensors.containsKey(TensorNames.qBias(0));
    config.describe(metadata);
    CheckpointContents.Shape shape = () -> config.model(bias);
    Optional<Vocabulary> vocabulary = HuggingFaceVocabulary.in(folder, config);
    long bytes = files.stream().mapToLong(MappedFile::byteSize).sum();
    return new CheckpointContents(folder.toString(), SafetensorsFormat.NAME, shape, tensors, vocabulary, metadata,
        false,
        bytes, all);
  }

  private Path onlyFile() throws IOException {
    if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
      return folder.resolve(WEIGHTS);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> candidates = entries.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
      if (candidates.size() == 1) {
        return candidates.getFirst();
      }
      throw new CheckpointFormatException(folder, candidates.isEmpty()
          ? "has a " + CONFIG + ", but no weights as safetensors (" + WEIGHTS + ", or shards and " + INDEX
              + "); pickled ones (.bin, .pt) are never read, since they can run any code"
          : "has " + candidates.size() + " files " + SUFFIX + ", but no " + INDEX + "; fetch it, too");
    }
  }

  private void openShards() throws IOException {
    Path index = folder.resolve(INDEX);
    if (!(JsonFile.readObject(index, MOST_INDEX_BYTES).get("weight_map") instanceof Map<?, ?> weightMap)) {
      throw new CheckpointFormatException(index, "has no weight_map; the file is damaged: fetch it again");
    }
    TreeSet<String> names = new TreeSet<>();
    for (Object file : weightMap.values()) {
      if (!(file instanceof String name) || !name.matches("[\\w.-]+") || name.startsWith(".")) {
        throw new CheckpointFormatException(index,
            "names the shard '" + file
                + "', expected the name of a file in the same folder; the file is damaged: fetch it again");
      }
      names.add(name);
    }
    for (String name : names) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new CheckpointFormatException(folder, "has no " + name + ", which " + INDEX
            + " names; fetch all shards into one folder");
      }
      openFile(folder.resolve(name));
    }
    for (Object tensor : weightMap.keySet()) {
      if (!tensors.containsKey(String.valueOf(tensor)) && !String.valueOf(tensor).endsWith(COMPUTED)) {
        throw new CheckpointFormatException(folder, "has no tensor '" + tensor + "' in any shard, which " + INDEX
            + " names; fetch all shards again");
      }
    }
  }

  private void openFile(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    files.add(file);
    SafetensorsHeader header = SafetensorsHeader.read(file);
    header.metadata().forEach(metadata::putIfAbsent);
    for (SafetensorsHeader.Tensor tensor : header.tensors()) {
      if (tensor.name().endsWith(COMPUTED)) {
        continue;
      }
      MappedTensor mapped = new MappedTensor(tensor.name(), tensor.rows(), tensor.cols(),
          tensor.type().encoding(encodings), file, tensor.offset());
      if (tensors.put(tensor.name(), mapped) != null) {
        throw new CheckpointFormatException(path, "tensor '" + tensor.name()
            + "' is in another shard, too; fetch all shards again");
      }
    }
  }
}
