package dev.cria.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Memory for matrices, allocated by a thread of its own while those before are packed: to touch memory for the first time can
 * take as long as to pack it, or longer on a virtual machine.
 *
 * <p>Matrices lie behind each other in a few large pieces, which start where a page of 2 MB does: such pages take fewer faults to
 * touch, and a kernel reads them faster.
 */
final class MemoryAhead implements AutoCloseable {

  /** What each matrix is aligned to: a line of the cache. */
  private static final long LINE = 64;

  private static final long PAGE = 2L << 20;

  /** Bytes from which on a piece is allocated. */
  private static final long PIECE = 16L << 20;

  private final Arena arena;
  private final ExecutorService executor = Executors
      .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cria-memory").factory());
  private final Queue<CompletableFuture<MemorySegment>> matrices = new ArrayDeque<>();
  private final List<Long> piece = new ArrayList<>();
  private long pieceBytes;

  /** Memory that lives as long as the arena, which is shared. */
  MemoryAhead(Arena arena) {
    this.arena = arena;
  }

  /** Orders memory for one more matrix, to be allocated once that for those before is. */
  void order(long bytes) {
    piece.add(bytes);
    pieceBytes += Math.ceilDiv(bytes, LINE) * LINE;
    if (pieceBytes >= PIECE) {
      allocate();
    }
  }

  /** Begins to allocate what has been ordered and is not yet enough for a piece. */
  void allocate() {
    if (piece.isEmpty()) {
      return;
    }
    long all = pieceBytes;
    CompletableFuture<MemorySegment> memory = CompletableFuture.supplyAsync(() -> arena.allocate(all, PAGE), executor);
    long start = 0;
    for (long bytes : piece) {
      long from = start;
      matrices.add(memory.thenApply(whole -> whole.asSlice(from, bytes)));
      start += Math.ceilDiv(bytes, LINE) * LINE;
    }
    piece.clear();
    pieceBytes = 0;
  }

  /** The memory of the next matrix, in the order of the orders; waits for it. */
  MemorySegment take() {
    try {
      return matrices.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OutOfMemoryError tooMuch) {
        throw tooMuch;
      }
      throw e;
    }
  }

  /** Gives up what has not been allocated yet. */
  @Override public void close() {
    executor.shutdownNow();
    executor.close();
  }
}
