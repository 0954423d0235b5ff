package dev.cria.conformance;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds words of outputs and of shared scratch memory that two workers write between the same two barriers.
 *
 * <p>Each worker starts from the memory as it was at the last barrier; what it changed is noted, taken back, and put in
 * place for all when the phase ends. So a worker that writes another's share shows even where it writes the right value.
 */
final class ShareWatch implements Team.Turns {

  private static final int MOST_CONFLICTS = 5;

  private final List<Output> watched;
  private final List<int[]> atBarrier;
  private final List<int[]> merged;
  private final List<int[]> writers;
  private final List<String> conflicts = new ArrayList<>();

  ShareWatch(List<Output> outputs, MemorySegment sharedScratch) {
    watched = new ArrayList<>(outputs);
    watched.add(new Output(Memory.of("shared scratch", sharedScratch), null));
    atBarrier = new ArrayList<>(watched.stream().map(output -> output.memory().words()).toList());
    merged = new ArrayList<>(atBarrier.stream().map(int[]::clone).toList());
    writers = watched.stream().map(output -> new int[output.memory().size()]).toList();
  }

  List<String> conflicts() {
    return conflicts;
  }

  @Override public void starts(int worker) {
    // the end of the turn before has put everything back
  }

  @Override public void ends(int worker) {
    for (int o = 0; o < watched.size(); o++) {
      int[] before = atBarrier.get(o);
      int[] now = watched.get(o).memory().words();
      for (int i = 0; i < now.length; i++) {
        if (now[i] != before[i]) {
          note(o, i, worker);
          merged.get(o)[i] = now[i];
          watched.get(o).memory().set(i, before[i]);
        }
      }
    }
  }

  private void note(int o, int word, int worker) {
    int other = writers.get(o)[word] - 1;
    if (other >= 0 && conflicts.size() < MOST_CONFLICTS) {
      conflicts.add("%s: workers %d and %d".formatted(watched.get(o).place(word), other, worker));
    }
    writers.get(o)[word] = worker + 1;
  }

  @Override public void phaseEnds() {
    for (int o = 0; o < watched.size(); o++) {
      watched.get(o).memory().load(merged.get(o));
      atBarrier.set(o, merged.get(o).clone());
      Arrays.fill(writers.get(o), 0);
    }
  }
}
