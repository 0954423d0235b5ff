package dev.cria.training;

import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A worker by itself: a team of one within the team.
 *
 * <p>Attention is many small products; each worker takes whole heads and computes them alone, without waiting for the others.
 */
final class Lane implements Worker {

  private static final int ALIGNMENT = 64;

  private final float[] scratch;
  private final MemorySegment sharedScratch;
  private int drawn;

  /** Allocates what a kernel needs for one worker. */
  Lane(ScratchSize size, Arena arena) {
    scratch = new float[size.workerFloats()];
    sharedScratch = arena.allocate(size.sharedBytes(), ALIGNMENT);
  }

  @Override public int index() {
    return 0;
  }

  @Override public int count() {
    return 1;
  }

  @Override public void barrier() {
    drawn = 0; // nobody else to wait for
  }

  @Override public int draw() {
    return drawn++;
  }

  @Override public float[] scratch() {
    return scratch;
  }

  @Override public MemorySegment sharedScratch() {
    return sharedScratch;
  }
}
