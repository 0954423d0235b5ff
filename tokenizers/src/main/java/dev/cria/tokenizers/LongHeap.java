package dev.cria.tokenizers;

import java.util.Arrays;

/** The least of many numbers, again and again: a binary heap. */
final class LongHeap {

  private long[] heap; // entry i is not greater than entries 2i + 1 and 2i + 2
  private int size;

  LongHeap(int capacity) {
    heap = new long[Math.max(1, capacity)];
  }

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(long value) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && heap[(hole - 1) / 2] > value) {
      heap[hole] = heap[(hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    heap[hole] = value;
  }

  /** Takes the least out. */
  long take() {
    long least = heap[0];
    long last = heap[--size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = last;
    return least;
  }
}
