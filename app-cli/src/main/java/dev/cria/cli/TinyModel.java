package dev.cria.cli;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.checkpoints.SyntheticCheckpoint;
import dev.cria.inference.Rehearsal;
import java.util.Arrays;
import java.util.List;

/** The model of a {@link Rehearsal}: as small as can be, and yet every loop of a kernel runs, and each of its ends. */
final class TinyModel {

  /** Sizes are odd multiples of half a panel, a head is no power of two, and the context has several blocks. */
  private static final ModelConfiguration SHAPE = new ModelConfiguration("llama", 96, 352, 1, 2, 2, 48, 352, 160, 1e-5f,
      new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 48));

  private static final List<String> WITHOUT = List.of("--backend", "--help", "-h");

  private TinyModel() {}

  /** Starts a rehearsal for a command that will run a model on the best kernel; none for others. */
  static Rehearsal rehearse(String[] args, ClassLoader loader) {
    boolean wanted = args.length > 0 && args[0].equals("run")
        && Arrays.stream(args).noneMatch(arg -> WITHOUT.stream().anyMatch(arg::startsWith));
    return wanted ? Rehearsal.start(SyntheticCheckpoint.of(SHAPE, false, 1), loader) : Rehearsal.none();
  }
}
