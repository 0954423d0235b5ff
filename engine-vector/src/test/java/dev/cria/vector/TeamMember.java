package dev.cria.vector;

import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One worker of a team that takes turns instead of running at once: for operations that meet no barrier.
 *
 * @param scratch full of rubbish at first, so that whoever relies on zeros is found out
 * @param draws how many units this worker drew; they go round, since the first would get all of them
 */
record TeamMember(int index, int count, float[] scratch, MemorySegment sharedScratch, AtomicInteger draws)
    implements
      Worker {

  /** A team of one. */
  static TeamMember alone(ScratchSize size) {
    return team(1, size).getFirst();
  }

  /** All workers of a team. */
  static List<TeamMember> team(int count, ScratchSize size) {
    MemorySegment shared = Arena.ofAuto().allocate(size.sharedBytes(), 64);
    List<TeamMember> team = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      float[] scratch = new float[size.workerFloats()];
      Arrays.fill(scratch, Float.NaN);
      team.add(new TeamMember(index, count, scratch, shared, new AtomicInteger()));
    }
    return team;
  }

  @Override public int draw() {
    return draws.getAndIncrement() * count + index;
  }

  @Override public void barrier() {
    if (count > 1) {
      throw new IllegalStateException("workers that take turns cannot wait for each other");
    }
  }
}
