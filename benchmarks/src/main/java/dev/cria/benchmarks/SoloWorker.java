package dev.cria.benchmarks;

import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A team of one: what is measured is the kernel, not the threads. */
final class SoloWorker implements Worker {

  private final float[] scratch;
  private final MemorySegment sharedScratch;
  private int drawn;

  /** A worker with the scratch that the kernel asks for. */
  SoloWorker(Kernel kernel, KernelLimits limits, Arena arena) {
    ScratchSize size = kernel.scratch(limits);
    scratch = new float[size.workerFloats()];
    sharedScratch = arena.allocate(size.sharedBytes(), Memory.ALIGNMENT);
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
