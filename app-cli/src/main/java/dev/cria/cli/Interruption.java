package dev.cria.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the program finish its last words on Ctrl-C (or a kill): cancels what runs, and keeps the JVM alive until closed.
 *
 * <p>The JVM itself then ends with 128 and the number of the signal, 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {

  /* A shutdown hook, not a signal handler: those are not part of Java. A second Ctrl-C has no effect, so patience has an end. */
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable first, long patienceSeconds) {
    hook = new Thread(() -> {
      first.run();
      awaitLastWords(patienceSeconds);
    }, "cria-interruption");
  }

  /** Cancels by that, from another thread, when the process is told to end before {@link #close}. */
  static Interruption cancelling(Runnable cancel) {
    return cancelling(cancel, PATIENCE_SECONDS);
  }

  /** The same, waiting longer for the last words. */
  static Interruption cancelling(Runnable cancel, long patienceSeconds) {
    return added(new Interruption(cancel, patienceSeconds));
  }

  /** Says the last words itself, from another thread, when the process is told to end before {@link #close}: nothing waits. */
  static Interruption saying(Runnable lastWords) {
    return added(new Interruption(lastWords, 0));
  }

  private static Interruption added(Interruption interruption) {
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  @Override public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is shutting down: the hook has run or is about to, and finds the last words said
    }
  }

  private void awaitLastWords(long patienceSeconds) {
    try {
      done.await(patienceSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
