package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * One thread of the team that runs an operation, and the memory lent to it.
 *
 * <p>A worker is used by its own thread alone. With a team of one, its share is everything and the barrier is nothing.
 *
 * @since 0.1
 */
public interface Worker {

  /** Which worker this is, in {@code [0, count())}. */
  int index();

  /** The number of workers in the team, at least 1. */
  int count();

  /** Waits until every worker of the team is here; what each wrote before is then visible to all. */
  void barrier();

  /**
   * Floats of this worker alone, at least {@link ScratchSize#workerFloats()}; their content is undefined at the start of an
   * operation. The same array at every call.
   */
  float[] scratch();

  /**
   * Memory that all workers share, at least {@link ScratchSize#sharedBytes()}, native and 64-byte aligned; its content is
   * undefined at the start of an operation. The same segment at every call.
   */
  MemorySegment sharedScratch();

  /**
   * The first unit of this worker's contiguous share.
   *
   * <p>Units are dealt in groups of {@code grain}; the first {@code groups % count()} workers get one group more.
   *
   * @param units how many there are, not negative; fixed by the shapes, never by the number of workers
   * @param grain how many belong together, at least 1
   * @return in {@code [0, units]}
   */
  default int shareStart(int units, int grain) {
    return shareBoundary(units, grain, index());
  }

  /**
   * Draws the next of the units that are dealt to whoever comes for one: 0, 1, 2 and so on, each to one worker of the team, and from
   * 0 again after each {@link #barrier()}.
   *
   * <p>Equal shares take as long as the slowest worker needs for one; drawn units even that out, where processors are not equally fast
   * or not equally free. Draw units that take ten microseconds and more, in one series between two barriers, and end with the first
   * that is beyond the last: each worker draws one of those. A unit must give the same bits whoever computes it, as any does that
   * follows from the shapes alone.
   */
  int draw();

  /** The unit after the last one of this worker's share; see {@link #shareStart}. */
  default int shareEnd(int units, int grain) {
    return shareBoundary(units, grain, index() + 1);
  }

  private int shareBoundary(int units, int grain, int worker) {
    int groups = Math.ceilDiv(units, grain);
    int each = groups / count();
    int more = groups % count();
    long boundary = (long) grain * (worker * (long) each + Math.min(worker, more));
    return (int) Math.min(units, boundary);
  }
}
