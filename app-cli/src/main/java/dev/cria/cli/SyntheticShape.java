package dev.cria.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.checkpoints.SyntheticCheckpoint;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** A model of random weights that the command line describes by its sizes. */
final class SyntheticShape {

  static final String FORM = "DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT";

  private static final List<String> NAMES = Arrays.asList(FORM.split("x", -1));
  private static final String EXAMPLE = "288x768x6x6x6x32000x256";
  private static final long SEED = 1;

  private SyntheticShape() {}

  /**
   * Reads sizes written as in {@link #FORM}.
   *
   * @throws UsageException if they are no shape of a Llama model
   */
  static ModelConfiguration parse(String text) {
    String[] sizes = text.split("x", -1);
    if (sizes.length != NAMES.size()) {
      throw new UsageException("--synthetic must be " + FORM + ", " + NAMES.size() + " numbers such as " + EXAMPLE
          + ", got '" + text + "'.");
    }
    int[] n = new int[sizes.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = Numbers.whole("--synthetic: " + NAMES.get(i), sizes[i], 1, Integer.MAX_VALUE);
    }
    int heads = n[3];
    require(n[0] % (2L * heads) == 0, "DIM must be a multiple of 2 * HEADS", n[0], heads);
    require(heads % n[4] == 0, "HEADS must be a multiple of KVHEADS", heads, n[4]);
    int headDim = n[0] / heads;
    return new ModelConfiguration("llama", n[0], n[1], n[2], heads, n[4], headDim, n[5], n[6], 1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, headDim));
  }

  /**
   * The model, the same each time: made in memory when it is loaded, its classifier shared with the token embedding.
   *
   * @throws UsageException if this machine, or the container, has not enough memory for it
   */
  static Checkpoint open(ModelConfiguration shape) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double bytes = Float.BYTES * weights(shape);
    if (bytes > system.getTotalMemorySize()) {
      throw new UsageException("--synthetic: its weights take " + ByteSize.of((long) bytes) + ", this machine has "
          + ByteSize.of(system.getTotalMemorySize()) + "; give smaller sizes.");
    }
    return SyntheticCheckpoint.of(shape, true, SEED);
  }

  /** How many there are, norms left out: a double, since a long may not hold what the command line asks for. */
  private static double weights(ModelConfiguration c) {
    double attention = 2.0 * c.dim() * (c.queryDim() + c.kvDim());
    double feedForward = 3.0 * c.dim() * c.hiddenDim();
    return (double) c.vocabSize() * c.dim() + c.layers() * (attention + feedForward);
  }

  private static void require(boolean holds, String rule, int first, int second) {
    if (!holds) {
      throw new UsageException("--synthetic: " + rule + ", got " + first + " and " + second + ".");
    }
  }
}
