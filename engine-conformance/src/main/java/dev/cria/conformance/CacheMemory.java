package dev.cria.conformance;

import dev.cria.api.kernel.KvView;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The blocks of all caches of a batch, each once, however many rows and caches share it. */
final class CacheMemory {

  private CacheMemory() {}

  static List<Memory> of(Places places) {
    List<MemorySegment> blocks = new ArrayList<>();
    List<Memory> memories = new ArrayList<>();
    for (KvView cache : places.caches()) {
      for (int b = 0; b * cache.blockSize() < cache.capacity(); b++) {
        if (!blocks.contains(cache.block(b))) {
          blocks.add(cache.block(b));
          memories.add(Memory.of("cache block " + memories.size(), cache.block(b)));
        }
      }
    }
    return memories;
  }
}
