package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.ScratchSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scratch memory of just the size that a kernel asked for, full of rubbish, the shared part with guards around it. */
final class Scratch {

  private static final int GUARD = 64;
  private static final byte GUARD_BYTE = (byte) 0xA5;

  private final List<float[]> own = new ArrayList<>();
  private final MemorySegment whole;
  private final MemorySegment shared;

  Scratch(ScratchSize size, int workers, float rubbish) {
    for (int w = 0; w < workers; w++) {
      float[] floats = new float[size.workerFloats()];
      Arrays.fill(floats, rubbish);
      own.add(floats);
    }
    whole = Arena.ofAuto().allocate(size.sharedBytes() + 2 * GUARD, 64).fill(GUARD_BYTE);
    shared = whole.asSlice(GUARD, size.sharedBytes());
    for (long i = 0; i < size.sharedBytes() / Float.BYTES; i++) {
      shared.setAtIndex(ValueLayout.JAVA_FLOAT, i, rubbish);
    }
  }

  int workers() {
    return own.size();
  }

  float[] own(int worker) {
    return own.get(worker);
  }

  MemorySegment shared() {
    return shared;
  }

  void assertGuardsIntact() {
    MemorySegment guard = Arena.ofAuto().allocate(GUARD).fill(GUARD_BYTE);
    assertThat(whole.asSlice(0, GUARD).mismatch(guard)).as("byte written before shared scratch").isEqualTo(-1);
    assertThat(whole.asSlice(whole.byteSize() - GUARD).mismatch(guard))
        .as("byte written behind shared scratch").isEqualTo(-1);
  }
}
