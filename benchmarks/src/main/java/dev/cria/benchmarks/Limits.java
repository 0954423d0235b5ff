package dev.cria.benchmarks;

/** What a number of threads of this machine can do at most: bytes read from memory, and F32 operations, in a second. */
record Limits(int threads, double bytesPerSecond, double flopPerSecond) {

  /** The higher of each. */
  Limits orBetter(Limits other) {
    return new Limits(threads, Math.max(bytesPerSecond, other.bytesPerSecond),
        Math.max(flopPerSecond, other.flopPerSecond));
  }
}
