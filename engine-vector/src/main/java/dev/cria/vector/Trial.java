package dev.cria.vector;

/**
 * Chooses between a loop on vectors and its plain twin, until the vectors are known to be faster.
 *
 * <p>Both give the same bits, so the choice changes nothing but the speed. Until C2 has compiled it, a loop on vectors is a hundred times
 * slower than a plain one, since each vector is an object; and C2 compiles only what runs. So the vectors are tried for half of the time,
 * or, in a process that has run for some seconds, for all of it, and taken for good once they were twice as fast. Vectors that never win
 * are tried seldom in the end: a JVM that cannot compile them costs a twentieth of the time, not a hundred times of it.
 */
final class Trial {

  /*
   * Workers share a trial without synchronisation. What they write over each other are counts and times, which decide about speed alone;
   * "over" changes once, and who sees it late goes on trying for a while.
   *
   * At first only what costs much is worth the work of C2, which has all else to compile, and the first tokens must not wait. In a run that
   * goes on, everything is, and the sooner C2 has it the better: without the launcher's options it takes hundreds of calls.
   *
   * A plain loop in the interpreter is no measure: the first vectors that C1 has compiled may beat it. Hence LEAST. After MOST tries, to be
   * faster at all is enough.
   */

  /** The property that decides beforehand, for tests: {@code plain} or {@code vectors}. */
  static final String LOOPS = "cria.vector.loops";

  private static final int LEAST = 16;
  private static final int MOST = 2000;
  private static final int GAIN = 2;
  private static final int SELDOM = 20;
  private static final long FIRST_NANOS = 3_000_000_000L;
  private static final long WORTH_FIRST_NANOS = 8_000_000L;
  private static final long WORTH_LATER_NANOS = 1_000_000L;
  private static final long BEGAN = System.nanoTime();

  /** What {@link #begin} gives when there is nothing to try any more. */
  private static final long OVER = 1;

  private final long began;
  private final boolean onlyPlain;
  private boolean over;
  private boolean seldom; // since MOST tries were not enough
  private int tries;
  private long vectorNanos;
  private long plainNanos;
  private double plainRate = Double.MAX_VALUE; // nanoseconds per unit of work, of the last plain call

  /** A trial of one loop. */
  Trial() {
    this(System.getProperty(LOOPS, ""), BEGAN);
  }

  /**
   * A trial decided beforehand, if the property says so.
   *
   * @param began when the process began to compute, by {@link System#nanoTime}
   */
  Trial(String loops, long began) {
    this.began = began;
    this.onlyPlain = loops.equals("plain");
    this.over = loops.equals("vectors");
  }

  /** Begins a call; what it gives tells {@link #takesVectors whether to take vectors}, and is for {@link #end}. */
  long begin() {
    if (over) {
      return OVER;
    }
    long now = System.nanoTime();
    return now << 1 | (isWorth(now - began) && !onlyPlain ? 1 : 0);
  }

  /** Whether a try of vectors is worth its time, in a process that has run for so long. */
  private boolean isWorth(long nanos) {
    if (seldom) {
      return vectorNanos < plainNanos / SELDOM;
    }
    return nanos < FIRST_NANOS ? vectorNanos < plainNanos - WORTH_FIRST_NANOS : plainNanos > WORTH_LATER_NANOS;
  }

  /** Whether this call is to take vectors. */
  static boolean takesVectors(long call) {
    return (call & 1) != 0;
  }

  /** Ends a call that did so much work, in any unit. */
  void end(long call, long work) {
    if (call != OVER) {
      took(takesVectors(call), ((System.nanoTime() << 1) - (call & ~1)) >> 1, work);
    }
  }

  /** Notes what a call took. */
  void took(boolean vectors, long nanos, long work) {
    double rate = (double) nanos / work;
    if (vectors) {
      vectorNanos += nanos;
      tries++;
      if (tries >= LEAST && rate * (seldom ? 1 : GAIN) < plainRate) {
        over = true;
      } else if (tries >= MOST && !seldom) {
        seldom = true;
        vectorNanos = 0;
        plainNanos = 0;
      }
    } else {
      plainNanos += nanos;
      plainRate = rate;
    }
  }

  /** Whether vectors are taken from now on. */
  boolean isOver() {
    return over;
  }
}
