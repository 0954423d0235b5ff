package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A worker that is only a place in a team.
 *
 * @param index which one
 * @param count of how many
 */
record FixedWorker(int index, int count) implements Worker {

  @Override public void barrier() {
    throw new UnsupportedOperationException("nobody else is here");
  }

  @Override public int draw() {
    throw new UnsupportedOperationException("nobody deals here");
  }

  @Override public float[] scratch() {
    return new float[0];
  }

  @Override public MemorySegment sharedScratch() {
    return MemorySegment.NULL;
  }
}
