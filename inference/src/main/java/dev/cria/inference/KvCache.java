package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and values of one sequence, in every layer.
 *
 * <p>Off the heap, in blocks of {@link KvView#POSITIONS_MULTIPLE} positions that are allocated as the sequence reaches them:
 * a short answer of a model with a long context costs what it uses, and half as much again at most.
 */
final class KvCache implements SequenceState {

  private static final int BLOCK = KvView.POSITIONS_MULTIPLE;
  private static final int ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final int kvHeads;
  private final int headDim;
  private final int capacity;
  private final Encoding encoding;
  private final List<LayerCache> layers = new ArrayList<>();
  private int blocks;
  private int length;

  /** An empty cache for that many positions. */
  KvCache(ModelConfiguration configuration, int capacity, Encoding encoding) {
    this.kvHeads = configuration.kvHeads();
    this.headDim = configuration.headDim();
    this.capacity = capacity;
    this.encoding = encoding;
    for (int layer = 0; layer < configuration.layers(); layer++) {
      layers.add(new LayerCache());
    }
  }

  /** Bytes of a full cache for that many positions. */
  static long bytes(ModelConfiguration configuration, int positions, Encoding encoding) {
    long blocks = Math.ceilDiv(positions, BLOCK);
    return blocks * configuration.layers() * 2 * encoding.rowBytes(Math.multiplyExact(configuration.kvDim(), BLOCK));
  }

  /** The view of one layer. */
  KvView layer(int layer) {
    return layers.get(layer);
  }

  /** Makes room for that many positions, and for half as many again as there were, so that pieces of memory become large. */
  void reserve(int positions) {
    int wanted = Math.ceilDiv(positions, BLOCK);
    if (wanted > blocks) {
      int grown = Math.min(Math.max(wanted, blocks + blocks / 2), Math.ceilDiv(capacity, BLOCK));
      allocate(grown - blocks);
      blocks = grown;
    }
  }

  /** Adds blocks to each layer, those of a layer side by side. */
  private void allocate(int count) {
    long bytes = 2L * kvHeads * layers.getFirst().headBytes();
    MemorySegment memory = arena.allocate(bytes * count * layers.size(), ALIGNMENT);
    long at = 0;
    for (LayerCache layer : layers) {
      for (int i = 0; i < count; i++, at += bytes) {
        layer.blocks.add(memory.asSlice(at, bytes));
      }
    }
  }

  /** Counts positions up to {@code newLength} as filled. */
  void advance(int newLength) {
    length = newLength;
  }

  @Override public int capacity() {
    return capacity;
  }

  @Override public int length() {
    return length;
  }

  @Override public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException("cannot truncate a sequence of " + length + " positions to " + newLength);
    }
    length = newLength;
  }

  @Override public void close() {
    arena.close();
  }

  /** The cache of one layer. */
  private final class LayerCache implements KvView {

    private final List<MemorySegment> blocks = new ArrayList<>();

    @Override public int kvHeads() {
      return kvHeads;
    }

    @Override public int headDim() {
      return headDim;
    }

    @Override public int blockSize() {
      return BLOCK;
    }

    @Override public int capacity() {
      return capacity;
    }

    @Override public Encoding encoding() {
      return encoding;
    }

    @Override public KeyLayout keyLayout() {
      return KeyLayout.BY_DIM;
    }

    @Override public MemorySegment block(int block) {
      return blocks.get(block);
    }
  }
}
