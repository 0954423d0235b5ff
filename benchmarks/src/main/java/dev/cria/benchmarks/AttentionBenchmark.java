package dev.cria.benchmarks;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Attention of one row and of a prompt, at several positions. */
@State(Scope.Thread)
public class AttentionBenchmark {

  /** Which rows attend to what. */
  public enum Context {
    /** The first token. */
    FIRST(0, 1),
    /** A short context. */
    POSITION_15(15, 1),
    /** That of a story. */
    POSITION_255(255, 1),
    /** A longer one. */
    POSITION_1023(1023, 1),
    /** The same with heads of 8 elements: mostly softmax. */
    SMALL_HEADS(1023, 1),
    /** The same with scores capped. */
    SOFT_CAP(1023, 1),
    /** 64 rows of a prompt. */
    PROMPT(192, 64);

    private final int position;
    private final int rows;

    Context(int position, int rows) {
      this.position = position;
      this.rows = rows;
    }
  }

  private static final int SMALL_HEAD = 8;

  /** The backend. */
  @Param({"scalar", "vector"}) public String backend;

  /** The width of the model. */
  @Param({"288", "4096"}) public int dim;

  /** The rows. */
  @Param public Context context;

  private Backend engine;
  private AttentionShape attention;
  private Places places;
  private FloatMatrix query;
  private FloatMatrix out;

  /** What attention does: reads keys and values up to the last position once, and multiplies each row with those up to its own. */
  static Work work(Shape shape, Context context) {
    long width = shape.heads() * (long) headDim(shape, context);
    int positions = context.position + context.rows;
    long attended = 0;
    for (int row = 0; row < context.rows; row++) {
      attended += context.position + row + 1;
    }
    return Work.onFloats(2 * width * (positions + context.rows), 4 * width * attended);
  }

  private static int headDim(Shape shape, Context context) {
    return context == Context.SMALL_HEADS ? SMALL_HEAD : shape.headDim();
  }

  /** Fills the cache. */
  @Setup public void fillCache() {
    Shape shape = Shape.of(dim);
    engine = new Backend(backend, shape);
    int headDim = headDim(shape, context);
    int heads = shape.heads();
    AttentionShape causal = AttentionShape.causal(heads, heads, headDim);
    attention = context == Context.SOFT_CAP
        ? new AttentionShape(heads, heads, headDim, causal.scale(), true, AttentionShape.UNLIMITED, 50f)
        : causal;
    int length = context.position + context.rows;
    Cache cache = engine.cache(heads, headDim, length);
    Memory memory = new Memory();
    FloatMatrix keys = memory.matrix(length, heads * headDim);
    engine.kernel.storeKv(engine.worker, new Places(cache, 0, length), keys, keys);
    places = new Places(cache, context.position, context.rows);
    query = memory.matrix(context.rows, heads * headDim);
    out = FloatMatrix.allocate(context.rows, heads * headDim);
  }

  /** Attends once. */
  @Benchmark public void attention() {
    engine.kernel.attention(engine.worker, out, query, places, attention);
  }

  /** Frees the cache. */
  @TearDown public void free() {
    engine.close();
  }
}
