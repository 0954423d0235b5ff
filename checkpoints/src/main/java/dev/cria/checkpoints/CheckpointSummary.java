package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.TensorNames;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What can be said of a checkpoint's weights without reading one of them.
 *
 * @param parameters elements of all tensors
 * @param weightBytes bytes of all tensors as they are written: what mapping them all takes, and what prepared copies take
 *     but for padding
 * @param bytesByEncoding the same, for each encoding by name
 * @param sharedClassifier whether the token embedding serves as the classifier too
 * @since 0.1
 */
public record CheckpointSummary(long parameters, long weightBytes, SequencedMap<String, Long> bytesByEncoding,
    boolean sharedClassifier) {

  /** Copies the map. */
  public CheckpointSummary {
    bytesByEncoding = Collections.unmodifiableSequencedMap(new TreeMap<>(bytesByEncoding));
  }

  /** Sums up a checkpoint. */
  public static CheckpointSummary of(Checkpoint checkpoint) {
    long parameters = 0;
    long bytes = 0;
    TreeMap<String, Long> byEncoding = new TreeMap<>();
    for (CheckpointTensor tensor : checkpoint.tensors().values()) {
      parameters += (long) tensor.rows() * tensor.cols();
      bytes += tensor.byteSize();
      byEncoding.merge(tensor.encoding().name(), tensor.byteSize(), Long::sum);
    }
    return new CheckpointSummary(parameters, bytes, byEncoding,
        !checkpoint.tensors().containsKey(TensorNames.LM_HEAD));
  }
}
