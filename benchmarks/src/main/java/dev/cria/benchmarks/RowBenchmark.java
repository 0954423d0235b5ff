package dev.cria.benchmarks;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.WeightMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The operations on rows of activations: few numbers, much overhead to lose. */
@State(Scope.Thread)
public class RowBenchmark {

  private static final int POSITIONS = 256;
  private static final int POSITION = 100;
  private static final int VOCABULARY = 4096;
  private static final float EPSILON = 1e-5f;

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The width of the model. */
  @Param({"288", "4096"}) public int dim;

  /** How many rows. */
  @Param({"1", "64"}) public int rows;

  private Backend engine;
  private FloatMatrix x;
  private FloatMatrix out;
  private float[] gain;
  private RopeTable interleaved;
  private RopeTable halfSplit;
  private Places places;
  private WeightMatrix table;
  private int[] tokens;

  /** What a call of that method does; most of it moves numbers. */
  static Work work(String method, Shape shape, int rows) {
    long floats = (long) rows * shape.dim();
    return switch (method) {
      case "embed" -> Work.onFloats(2 * floats, 0);
      case "rmsNorm" -> Work.onFloats(2 * floats + shape.dim(), 4 * floats);
      case "ropeInterleaved", "ropeHalfSplit" -> Work.onFloats(2 * floats + (long) rows * shape.headDim(), 3 * floats);
      case "storeKv" -> Work.onFloats(4 * floats, 0);
      default -> throw new IllegalArgumentException("RowBenchmark has no method " + method);
    };
  }

  /** Creates the operands. */
  @Setup public void createOperands() {
    Shape shape = Shape.of(dim);
    engine = new Backend(backend, shape);
    Memory memory = new Memory();
    x = memory.matrix(rows, dim);
    out = FloatMatrix.allocate(rows, dim);
    gain = memory.floats(dim);
    interleaved = ropeTable(RopeLayout.INTERLEAVED, shape.headDim());
    halfSplit = ropeTable(RopeLayout.HALF_SPLIT, shape.headDim());
    places = new Places(engine.cache(shape.heads(), shape.headDim(), POSITIONS), POSITION, rows);
    table = engine.rowMajor(VOCABULARY, dim);
    tokens = new int[rows];
    for (int r = 0; r < rows; r++) {
      tokens[r] = (r * 977 + 13) % VOCABULARY;
    }
  }

  private static RopeTable ropeTable(RopeLayout layout, int headDim) {
    int pairs = headDim / 2;
    float[] cos = new float[POSITIONS * pairs];
    float[] sin = new float[POSITIONS * pairs];
    for (int i = 0; i < cos.length; i++) {
      int position = i / pairs;
      double angle = position * Math.pow(10_000, -(i % pairs) / (double) pairs);
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    return new RopeTable(layout, headDim, headDim, POSITIONS, cos, sin);
  }

  /** Looks up rows of a table. */
  @Benchmark public void embed() {
    engine.kernel.embed(engine.worker, out, table, tokens);
  }

  /** Normalises rows. */
  @Benchmark public void rmsNorm() {
    engine.kernel.rmsNorm(engine.worker, out, x, gain, EPSILON);
  }

  /** Rotates pairs side by side. */
  @Benchmark public void ropeInterleaved() {
    engine.kernel.rope(engine.worker, x, interleaved, places);
  }

  /** Rotates pairs half a head apart. */
  @Benchmark public void ropeHalfSplit() {
    engine.kernel.rope(engine.worker, x, halfSplit, places);
  }

  /** Stores keys and values. */
  @Benchmark public void storeKv() {
    engine.kernel.storeKv(engine.worker, places, x, x);
  }

  /** Frees the tables. */
  @TearDown public void free() {
    engine.close();
  }
}
