package dev.cria.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.SyntheticCheckpoint;
import dev.cria.checkpoints.SyntheticShape;
import java.lang.management.ManagementFactory;

/** A model of random weights that {@code --synthetic} describes by its sizes. */
final class SyntheticModel {

  private static final long SEED = 1;

  private SyntheticModel() {}

  /**
   * The model, the same each time: made in memory when it is loaded, its classifier shared with the token embedding.
   *
   * @throws UsageException if there is no such shape, or this machine, or the container, has not enough memory for it
   */
  static Checkpoint open(String sizes) {
    ModelConfiguration shape = shape(sizes);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double bytes = Float.BYTES * weights(shape);
    if (bytes > system.getTotalMemorySize()) {
      throw new UsageException("--synthetic: its weights take " + ByteSize.of((long) bytes) + ", this machine has "
          + ByteSize.of(system.getTotalMemorySize()) + "; give smaller sizes.");
    }
    return SyntheticCheckpoint.of(shape, true, SEED);
  }

  private static ModelConfiguration shape(String sizes) {
    try {
      return SyntheticShape.parse(sizes);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--synthetic: " + e.getMessage() + ".");
    }
  }

  /** How many there are, norms left out: a double, since a long may not hold what the command line asks for. */
  private static double weights(ModelConfiguration c) {
    double attention = 2.0 * c.dim() * (c.queryDim() + c.kvDim());
    double feedForward = 3.0 * c.dim() * c.hiddenDim();
    return (double) c.vocabSize() * c.dim() + c.layers() * (attention + feedForward);
  }
}
