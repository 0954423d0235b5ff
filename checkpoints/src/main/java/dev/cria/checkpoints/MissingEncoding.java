package dev.cria.checkpoints;

import dev.cria.api.Availability;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An encoding that a file names and that nobody here can decode: its sizes alone are known.
 *
 * @param atHand the names of those that can be decoded
 */
record MissingEncoding(String name, int blockSize, int blockBytes, List<String> atHand) implements Encoding {

  @Override public Availability availability() {
    return Availability.unavailable("There is no encoding '" + name + "' here, only " + String.join(", ", atHand)
        + ". Take a model in one of these, or add a plugin that brings it.");
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    throw new IllegalArgumentException(availability().reason().orElseThrow());
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    throw new IllegalArgumentException(availability().reason().orElseThrow());
  }
}
