package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** From finished sums to outputs. */
final class Epilogues {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final Trial ADD = new Trial();

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
    long call = ADD.begin();
    int done = Trial.takesVectors(call) ? vectorAdd(sums, at, terms, from, out, to, count) : 0;
    plainAdd(sums, at, terms, from, out, to, done, count);
    ADD.end(call, count);
  }

  /** As many whole vectors as there are; gives how many elements that were. */
  private static int vectorAdd(float[] sums, int at, float[] terms, int from, float[] out, int to, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector sum = FloatVector.fromArray(F32, sums, at + i);
      FloatVector.fromArray(F32, terms, from + i).add(sum).intoArray(out, to + i);
    }
    return i;
  }

  private static void plainAdd(
      float[] sums, int at, float[] terms, int from, float[] out, int to, int done, int count) {
    for (int i = done; i < count; i++) {
      out[to + i] = terms[from + i] + sums[at + i];
    }
  }
}
