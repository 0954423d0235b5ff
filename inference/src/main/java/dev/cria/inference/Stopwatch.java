package dev.cria.inference;

/** Time that passes only while it runs. */
final class Stopwatch {

  private long before;
  private long since;
  private boolean running;

  void start() {
    since = System.nanoTime();
    running = true;
  }

  void stop() {
    before = elapsed();
    running = false;
  }

  /** Nanoseconds that it ran. */
  long elapsed() {
    return running ? before + System.nanoTime() - since : before;
  }
}
