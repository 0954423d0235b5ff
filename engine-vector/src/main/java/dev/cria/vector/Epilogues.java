package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;

/** From finished sums to outputs. */
final class Epilogues {

  private Epilogues() {}

  /** Writes outputs {@code row .. row + count} of row {@code r} of {@code out} from {@code sums} at {@code at}. */
  static void finish(
      Epilogue epilogue, int matrix, FloatMatrix out, int r, int row, int count, float[] sums, int at) {
    int to = out.index(r) + row;
    if (epilogue instanceof Epilogue.Add) {
      add(sums, at, out.data(), to, out.data(), to, count);
    } else if (epilogue instanceof Epilogue.Bias bias) {
      add(sums, at, bias.biases().get(matrix), row, out.data(), to, count);
    } else {
      System.arraycopy(sums, at, out.data(), to, count);
    }
  }

  /** {@code out = terms + sums}. */
  static void add(float[] sums, int at, float[] terms, int from, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = terms[from + i] + sums[at + i];
    }
  }
}
