package dev.cria.api.checkpoint;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A model as a file holds it, in neutral terms.
 *
 * <p>Tensors are named as Hugging Face names them ({@link TensorNames}). Memory is mapped tensor by tensor into an arena
 * that the caller chooses, so that a prepared copy can replace each piece; the checkpoint itself keeps the file open until
 * it is closed. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Checkpoint extends AutoCloseable {

  /** Where it comes from, for messages: a path, or a name for a built-in one. */
  String source();

  /** The name of its format. */
  String format();

  /**
   * The shape of the model.
   *
   * @throws CheckpointFormatException if the file describes no model that can be run: one of an unknown architecture, one
   *     with settings that make no sense, or a vocabulary alone
   */
  ModelConfiguration configuration() throws CheckpointFormatException;

  /** The tensors by name, in the order of the file. */
  SequencedMap<String, CheckpointTensor> tensors();

  /** The vocabulary, if the file holds one. */
  Optional<Vocabulary> vocabulary();

  /** Whatever else the file says, as text for people; never needed to run it. */
  Map<String, String> metadata();

  /**
   * Whether a text of this model ends with BOS and goes on after EOS, as those of llama2.c do. The default is that it ends
   * with either.
   */
  default boolean endsWithBos() {
    return false;
  }

  /** Bytes of the file or files. */
  long byteSize();

  /**
   * The tensor of that name.
   *
   * @throws CheckpointFormatException if there is none
   */
  CheckpointTensor tensor(String name) throws CheckpointFormatException;

  @Override void close() throws IOException;
}
