package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.checkpoints.BuiltInCheckpoint;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RehearsalTest {

  private static final String THREAD = "cria-rehearsal";

  @AfterEach void waitForTheEnd() throws InterruptedException {
    assertThat(ends()).isTrue();
  }

  @Test void start_untilClosed_runsInTheBackground() throws Exception {
    Assumptions.assumeThat(Runtime.getRuntime().availableProcessors())
        .as("skipped: a machine with one core does not rehearse").isGreaterThan(1);
    Thread thread;
    try (Checkpoint checkpoint = BuiltInCheckpoint.open();
        Rehearsal _ = Rehearsal.start(checkpoint, getClass().getClassLoader())) {
      thread = thread().orElseThrow();
      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.join(Duration.ofMillis(300))).as("ended by itself").isFalse();
    }
    assertThat(thread.join(Duration.ofSeconds(30))).as("ended when closed").isTrue();
  }

  @Test void start_withoutAnyBackend_endsQuietly() throws Exception {
    try (Checkpoint checkpoint = BuiltInCheckpoint.open();
        Rehearsal _ = Rehearsal.start(checkpoint, ClassLoader.getPlatformClassLoader())) {
      assertThat(ends()).isTrue();
    }
  }

  @Test void none_startsNothing() {
    try (Rehearsal _ = Rehearsal.none()) {
      assertThat(thread()).isEmpty();
    }
  }

  private static boolean ends() throws InterruptedException {
    Optional<Thread> thread = thread();
    return thread.isEmpty() || thread.get().join(Duration.ofSeconds(30));
  }

  private static Optional<Thread> thread() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals(THREAD)).findFirst();
  }
}
