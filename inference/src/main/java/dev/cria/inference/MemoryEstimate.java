package dev.cria.inference;

import com.sun.management.OperatingSystemMXBean;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.WeightLayout;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * How much memory a model takes, reckoned from its shape before anything is loaded. All in bytes.
 *
 * @param mappedWeights weights that stay in the file, mapped; the system may drop and read them again
 * @param packedWeights weights that a kernel repacks
 * @param kvCache keys and values of one sequence at its full length
 * @param activations what flows through the layers, for the largest batch, and logits
 */
public record MemoryEstimate(long mappedWeights, long packedWeights, long kvCache, long activations) {

  /** A model smaller than this runs on any machine: asking the machine would cost more than it tells. */
  private static final long ALWAYS_FITS = 256L << 20;

  /**
   * The memory of a checkpoint on a kernel.
   *
   * @throws CheckpointFormatException if it has no configuration
   */
  public static MemoryEstimate of(
      Checkpoint checkpoint, Kernel kernel, Encoding cacheEncoding, ExecutorOptions options)
      throws CheckpointFormatException {
    long mapped = 0;
    long packed = 0;
    boolean tied = !checkpoint.tensors().containsKey(TensorNames.LM_HEAD);
    for (CheckpointTensor tensor : checkpoint.tensors().values()) {
      WeightLayout layout = kernel.preferredLayout(tensor.rows(), tensor.cols(), tensor.encoding());
      boolean lookedUp = tensor.name().equals(TensorNames.TOKEN_EMBEDDING);
      boolean multiplied = tensor.rows() > 1 && (tied || !lookedUp);
      boolean repacked = multiplied && !layout.equals(WeightLayout.ROW_MAJOR);
      if (lookedUp || !repacked) {
        mapped += WeightLayout.ROW_MAJOR.byteSize(tensor.rows(), tensor.cols(), tensor.encoding());
      }
      if (repacked) {
        packed += layout.byteSize(tensor.rows(), tensor.cols(), tensor.encoding());
      }
    }
    ModelConfiguration c = checkpoint.configuration();
    long kvCache = KvCache.bytes(c, options.maxPositions(), cacheEncoding);
    long floats = options.maxRows() * (Activations.floatsPerRow(c) + c.dim()) + c.vocabSize();
    return new MemoryEstimate(mapped, packed, kvCache, floats * Float.BYTES);
  }

  /** All together. */
  public long total() {
    return Math.addExact(mappedWeights, unmapped());
  }

  private long unmapped() {
    return Math.addExact(packedWeights, Math.addExact(kvCache, activations));
  }

  /**
   * Refuses a model that this machine, or the container, has not enough memory for.
   *
   * @throws IllegalArgumentException if it does not fit; the message says what takes how much
   */
  void requireFits(String source) {
    shortage().ifPresent(shortage -> {
      throw new IllegalArgumentException(source + ": " + shortage);
    });
  }

  /** If this machine, or the container, has not enough memory, a sentence that says what takes how much. */
  public Optional<String> shortage() {
    return unmapped() < ALWAYS_FITS
        ? Optional.empty()
        : shortage(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** The same for that many bytes. */
  Optional<String> shortage(long available) {
    return unmapped() <= available
        ? Optional.empty()
        : Optional.of("needs " + mebibytes(unmapped()) + " of memory (weights " + mebibytes(packedWeights) + ", cache "
            + mebibytes(kvCache) + ", activations " + mebibytes(activations) + "), this machine has "
            + mebibytes(available) + "; take a smaller model or a shorter context");
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", (bytes + (1 << 20) - 1) >> 20);
  }
}
