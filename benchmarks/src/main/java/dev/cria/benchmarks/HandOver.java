package dev.cria.benchmarks;

import dev.cria.api.kernel.ScratchSize;
import dev.cria.inference.ThreadTeam;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what it costs that several threads work on one token: how long a team takes to begin and end a task that does nothing, and
 * how long to meet at a barrier.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=HandOver
 * }</pre>
 *
 * <p>A figure is the median of many rounds, each the mean of many hand-overs.
 */
public final class HandOver {

  private static final int ROUNDS = 41;
  private static final int REPEATS = 2_000;

  private HandOver() {}

  /** Prints a Markdown table for two threads and more, to as many as there are processors. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("HandOver",
        () -> System.out.print(table(Math.max(2, Runtime.getRuntime().availableProcessors()), ROUNDS, REPEATS)));
  }

  static String table(int mostThreads, int rounds, int repeats) {
    MarkdownTable table = new MarkdownTable(List.of("threads", "empty task, µs", "barrier, µs"));
    for (int threads = 2; threads <= mostThreads; threads++) {
      try (ThreadTeam team = new ThreadTeam(threads, new ScratchSize(0, 0))) {
        table.row(List.of(Integer.toString(threads), MarkdownTable.cell("%.2f", taskNanos(team, rounds, repeats) / 1e3),
            MarkdownTable.cell("%.2f", barrierNanos(team, rounds, repeats) / 1e3)));
      }
    }
    return table.toString();
  }

  private static double taskNanos(ThreadTeam team, int rounds, int repeats) {
    List<Double> nanos = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        team.run(worker -> { /* nothing: the team is what is measured */ });
      }
      nanos.add((double) (System.nanoTime() - start) / repeats);
    }
    return Medians.of(nanos);
  }

  private static double barrierNanos(ThreadTeam team, int rounds, int repeats) {
    List<Double> nanos = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      team.run(worker -> {
        for (int i = 0; i < repeats; i++) {
          worker.barrier();
        }
      });
      nanos.add((double) (System.nanoTime() - start) / repeats);
    }
    return Medians.of(nanos);
  }
}
