package dev.cria.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One epoch: every document once, in windows of one length, in an order that the seed and the epoch decide.
 *
 * <p>Documents are put into windows so that few are cut and little room is lost: each goes where it fits best among the windows
 * that are still open. One longer than a window is cut into consecutive parts, each after BOS, as it is when the model is
 * measured. No token sees another document.
 */
final class Windows {

  private static final int OPEN = 64; // windows that are filled at the same time

  /** A part of a document: BOS, then {@code count - 1} tokens from {@code from} on. */
  private record Part(int from, int count) {}

  private final Corpus corpus;
  private final int length;
  private final List<List<Part>> windows = new ArrayList<>();

  /** Packs some documents. */
  Windows(Corpus corpus, int length, long seed, int epoch) {
    this.corpus = corpus;
    this.length = length;
    SplittableRandom random = new SplittableRandom(seed * 31 + epoch);
    Packing packing = new Packing();
    for (int document : shuffled(corpus.documents(), random)) {
      int end = corpus.starts()[document + 1];
      for (int from = corpus.starts()[document] + 1; from < end; from += length - 1) {
        packing.add(new Part(from, Math.min(length, end - from + 1)));
      }
    }
    List<List<Part>> packed = packing.finish();
    for (int window : shuffled(packed.size(), random)) {
      windows.add(packed.get(window));
    }
  }

  int count() {
    return windows.size();
  }

  /** Writes a window into a sequence of a batch. */
  void write(int window, TrainingBatch batch, int sequence) {
    int at = sequence * length;
    int position = 0;
    for (Part part : windows.get(window)) {
      write(part, batch, at, position);
      position += part.count;
    }
    for (; position < length; position++) {
      batch.tokens()[at + position] = corpus.bos();
      batch.targets()[at + position] = TrainingBatch.NONE;
      batch.starts()[at + position] = position;
    }
  }

  private void write(Part part, TrainingBatch batch, int at, int start) {
    for (int i = 0; i < part.count; i++) {
      int next = part.from + i;
      batch.tokens()[at + start + i] = i == 0 ? corpus.bos() : corpus.tokens()[next - 1];
      batch.targets()[at + start + i] = next < corpus.tokens().length ? corpus.tokens()[next] : corpus.bos();
      batch.starts()[at + start + i] = start;
    }
    int last = at + start + part.count - 1;
    if (batch.targets()[last] != corpus.bos()) {
      batch.targets()[last] = TrainingBatch.NONE; // the document goes on in another window, which begins with this token
    }
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Best fit among the open windows. */
  private final class Packing {

    private final List<List<Part>> done = new ArrayList<>();
    private final List<List<Part>> open = new ArrayList<>();
    private final List<Integer> room = new ArrayList<>();

    void add(Part part) {
      int best = -1;
      for (int i = 0; i < open.size(); i++) {
        if (room.get(i) >= part.count && (best < 0 || room.get(i) < room.get(best))) {
          best = i;
        }
      }
      if (best < 0) {
        if (open.size() == OPEN) {
          close(fullest());
        }
        best = open.size();
        open.add(new ArrayList<>());
        room.add(length);
      }
      open.get(best).add(part);
      room.set(best, room.get(best) - part.count);
      if (room.get(best) < 2) {
        close(best);
      }
    }

    List<List<Part>> finish() {
      done.addAll(open);
      return done;
    }

    private int fullest() {
      int fullest = 0;
      for (int i = 1; i < open.size(); i++) {
        fullest = room.get(i) < room.get(fullest) ? i : fullest;
      }
      return fullest;
    }

    private void close(int i) {
      done.add(open.remove(i));
      room.remove(/* index */ i);
    }
  }
}
