package dev.cria.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Memory for matrices, allocated by a thread of its own while those before are packed: to touch memory for the first time can
 * take as long as to pack it, or longer on a virtual machine.
 */
final class MemoryAhead implements AutoCloseable {

  private static final int ALIGNMENT = 64;

  private final Arena arena;
  private final ExecutorService executor = Executors
      .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cria-memory").factory());
  private final Queue<CompletableFuture<MemorySegment>> pieces = new ArrayDeque<>();

  /** Memory that lives as long as the arena, which is shared. */
  MemoryAhead(Arena arena) {
    this.arena = arena;
  }

  /** Begins to allocate one more piece, once those ordered before are. */
  void order(long bytes) {
    pieces.add(CompletableFuture.supplyAsync(() -> arena.allocate(bytes, ALIGNMENT), executor));
  }

  /** The next piece, in the order of the orders; waits for it. */
  MemorySegment take() {
    try {
      return pieces.remove().join();
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
