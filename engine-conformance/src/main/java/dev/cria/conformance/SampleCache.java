package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** A cache of blocks, filled with NaN (the contract says: undefined) where nothing has been stored. */
record SampleCache(int kvHeads, int headDim, List<MemorySegment> blocks, int blockSize, Encoding encoding,
    KeyLayout keyLayout) implements KvView {

  SampleCache(int kvHeads, int headDim, int blockCount, int blockSize, Encoding encoding, KeyLayout keyLayout) {
    this(kvHeads, headDim, newBlocks(2L * kvHeads * encoding.rowBytes(headDim * blockSize), blockCount), blockSize,
        encoding, keyLayout);
  }

  /** A contiguous cache of F32 by dim. */
  static SampleCache contiguous(int kvHeads, int headDim, int capacity) {
    return new SampleCache(kvHeads, headDim, 1, Math.ceilDiv(capacity, POSITIONS_MULTIPLE) * POSITIONS_MULTIPLE,
        Encodings.F32, KeyLayout.BY_DIM);
  }

  /** Another cache that shares the first block of this one, as sequences with a common prefix do. */
  SampleCache fork() {
    List<MemorySegment> own = newBlocks(blocks.getFirst().byteSize(), blocks.size() - 1);
    List<MemorySegment> forked = IntStream.range(0, blocks.size())
        .mapToObj(b -> b == 0 ? blocks.getFirst() : own.get(b - 1)).toList();
    return new SampleCache(kvHeads, headDim, forked, blockSize, encoding, keyLayout);
  }

  @Override public int capacity() {
    return blocks.size() * blockSize;
  }

  @Override public MemorySegment block(int block) {
    return blocks.get(block);
  }

  private static List<MemorySegment> newBlocks(long bytes, int count) {
    return IntStream.range(0, count)
        .mapToObj(b -> Arena.ofAuto().allocate(Math.ceilDiv(bytes, 4L) * 4, 64).fill((byte) 0xFF)).toList();
  }
}
