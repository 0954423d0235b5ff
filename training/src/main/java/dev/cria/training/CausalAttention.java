package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scaled dot-product attention within documents, forward and backward.
 *
 * <p>With {@code P = softmax(scale · Q Kᵀ)} over the visible positions and {@code O = P V}: {@code dV = Pᵀ dO},
 * {@code dP = dO Vᵀ}, {@code dS = P ∘ (dP − rowsum(dO ∘ O))}, {@code dQ = scale · dS K}, {@code dK = scale · dSᵀ Q}.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, Attention Is All You Need, §3.2.1</a>
 * @see <a href="https://arxiv.org/abs/2205.14135">Dao et al. 2022, FlashAttention, appendix B (the backward pass)</a>
 * @see <a href="https://arxiv.org/abs/2305.13245">Ainslie et al. 2023, GQA (grouped heads)</a>
 */
final class CausalAttention {

  /*
   * A unit is a key-value head of a sequence, with all query heads that read it: one worker computes it alone. Queries come
   * in blocks, which see what lies before their end and after the beginning of their first document. Probabilities are not
   * kept for the backward pass but computed again, unnormalised: E = exp(scale · S − shift), P = E / Σ E. The division is
   * applied to rows of the head's width, which are shorter than those of E.
   */
  private static final int QUERIES = 64;
  private static final int GAP = 16; // floats between rows, so that rows of 2^n floats do not fall on the same cache lines
  private static final GemmForm AB = new GemmForm(false, false, false);
  private static final GemmForm AB_T = new GemmForm(false, true, false);
  private static final GemmForm ADD_A_T_B = new GemmForm(true, false, true);

  private final Kernel kernel;
  private final ModelConfiguration model;
  private final int sequences;
  private final int length;
  private final float scale;
  private final List<Desk> desks = new ArrayList<>();

  /** What one worker computes in. */
  private static final class Desk {
    private final Lane lane;
    private final float[] scores; // (QUERIES, length)
    private final float[] gradients; // (QUERIES, length)
    private final FloatMatrix dOut; // (QUERIES, headDim)
    private final float[] shifts = new float[QUERIES];

    private Desk(int length, int headDim, ScratchSize scratch, Arena arena) {
      lane = new Lane(scratch, arena);
      scores = new float[QUERIES * (length + GAP)];
      gradients = new float[QUERIES * (length + GAP)];
      dOut = FloatMatrix.allocate(QUERIES, headDim);
    }
  }

  CausalAttention(Kernel kernel, ModelConfiguration model, int sequences, int length, int workers,
      ScratchSize laneScratch,
      Arena arena) {
    this.kernel = kernel;
    this.model = model;
    this.sequences = sequences;
    this.length = length;
    this.scale = (float) (1 / Math.sqrt(model.headDim()));
    for (int i = 0; i < workers; i++) {
      desks.add(new Desk(length, model.headDim(), laneScratch, arena));
    }
  }

  /** The floats that {@link #forward} leaves for {@link #backward}: a shift and an inverse sum for each row and head. */
  int statistics() {
    return 2 * sequences * length * model.heads();
  }

  /**
   * Forward, with a barrier at the end.
   *
   * @param out {@code (rows, heads * headDim)}
   * @param queryKeyValue {@code (rows, queryDim + 2 * kvDim)}
   * @param starts {@code (rows,)}, as in {@link TrainingBatch}
   * @param statistics {@code (statistics(),)}: written
   */
  void forward(Worker worker, FloatMatrix out, FloatMatrix queryKeyValue, int[] starts, float[] statistics) {
    Desk desk = desks.get(worker.index());
    int units = sequences * model.kvHeads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int group = model.heads() / model.kvHeads();
      for (int i = 0; i < group; i++) {
        int head = unit % model.kvHeads() * group + i;
        for (int query = 0; query < length; query += QUERIES) {
          forward(desk, block(unit / model.kvHeads(), head, query, starts), out, queryKeyValue, starts, statistics);
        }
      }
    }
    worker.barrier();
  }

  /**
   * Backward, with a barrier at the end.
   *
   * @param dQueryKeyValue {@code (rows, queryDim + 2 * kvDim)}: written
   * @param dOut {@code (rows, heads * headDim)}
   * @param out what {@link #forward} wrote
   * @param queryKeyValue as {@link #forward} was given it
   */
  void backward(Worker worker, FloatMatrix dQueryKeyValue, FloatMatrix dOut, FloatMatrix out, FloatMatrix queryKeyValue,
      int[] starts, float[] statistics) {
    Desk desk = desks.get(worker.index());
    int units = sequences * model.kvHeads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int sequence = unit / model.kvHeads();
      int group = model.heads() / model.kvHeads();
      int kvHead = unit % model.kvHeads();
      clear(key(dQueryKeyValue, sequence, kvHead, 0, length));
      clear(value(dQueryKeyValue, sequence, kvHead, 0, length));
      for (int head = kvHead * group; head < (kvHead + 1) * group; head++) {
        for (int query = 0; query < length; query += QUERIES) {
          backward(desk, block(sequence, head, query, starts), dQueryKeyValue, dOut, out, queryKeyValue, starts,
              statistics);
        }
      }
    }
    worker.barrier();
  }

  /** Some queries of one head, and the positions that they see: {@code first .. query + rows}. */
  private record Block(int sequence, int head, int query, int rows, int first) {
    int cols() {
      return query + rows - first;
    }
  }

  private Block block(int sequence, int head, int query, int[] starts) {
    return new Block(sequence, head, query, Math.min(QUERIES, length - query), starts[sequence * length + query]);
  }

  private void forward(Desk desk, Block b, FloatMatrix out, FloatMatrix qkv, int[] starts, float[] statistics) {
    int kvHead = kvHead(b.head);
    FloatMatrix scores = new FloatMatrix(desk.scores, 0, b.rows, b.cols(), length + GAP);
    gemm(desk, scores, query(qkv, b), key(qkv, b.sequence, kvHead, b.first, b.cols()), AB_T);
    for (int r = 0; r < b.rows; r++) {
      int row = b.sequence * length + b.query + r;
      int from = starts[row] - b.first;
      int to = b.query + r + 1 - b.first;
      desk.shifts[r] = Sums.max(desk.scores, scores.index(r) + from, to - from) * scale;
      prepare(scores, r, from, to);
    }
    exp(desk, scores, desk.shifts);
    FloatMatrix o = query(out, b);
    gemm(desk, o, scores, value(qkv, b.sequence, kvHead, b.first, b.cols()), AB);
    for (int r = 0; r < b.rows; r++) {
      float inverse = 1 / Sums.of(desk.scores, scores.index(r), b.cols());
      int at = statistics(b, r);
      statistics[at] = desk.shifts[r];
      statistics[at + 1] = inverse;
      multiply(o.data(), o.index(r), inverse, o.cols());
    }
  }

  private void backward(Desk desk, Block b, FloatMatrix dQkv, FloatMatrix dOut, FloatMatrix out, FloatMatrix qkv,
      int[] starts, float[] statistics) {
    int kvHead = kvHead(b.head);
    FloatMatrix q = query(qkv, b);
    FloatMatrix k = key(qkv, b.sequence, kvHead, b.first, b.cols());
    FloatMatrix v = value(qkv, b.sequence, kvHead, b.first, b.cols());
    FloatMatrix e = new FloatMatrix(desk.scores, 0, b.rows, b.cols(), length + GAP);
    gemm(desk, e, q, k, AB_T);
    FloatMatrix dO = desk.dOut.firstRows(b.rows);
    FloatMatrix given = query(dOut, b);
    for (int r = 0; r < b.rows; r++) {
      int row = b.sequence * length + b.query + r;
      int at = statistics(b, r);
      desk.shifts[r] = statistics[at];
      prepare(e, r, starts[row] - b.first, b.query + r + 1 - b.first);
      copy(given.data(), given.index(r), statistics[at + 1], dO.data(), dO.index(r), dO.cols());
    }
    exp(desk, e, desk.shifts);
    gemm(desk, value(dQkv, b.sequence, kvHead, b.first, b.cols()), e, dO, ADD_A_T_B);

    FloatMatrix dS = new FloatMatrix(desk.gradients, 0, b.rows, b.cols(), length + GAP);
    gemm(desk, dS, dO, v, AB_T);
    FloatMatrix o = query(out, b);
    for (int r = 0; r < b.rows; r++) {
      float mean = Sums.ofProducts(dO.data(), dO.index(r), o.data(), o.index(r), o.cols());
      throughSoftmax(desk.gradients, dS.index(r), desk.scores, e.index(r), mean, scale, b.cols());
    }
    gemm(desk, query(dQkv, b), dS, k, AB);
    gemm(desk, key(dQkv, b.sequence, kvHead, b.first, b.cols()), dS, q, ADD_A_T_B);
  }

  private void gemm(Desk desk, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    kernel.gemm(desk.lane, out, a, b, form);
    desk.lane.barrier();
  }

  private void exp(Desk desk, FloatMatrix x, float[] shifts) {
    kernel.exp(desk.lane, x, shifts);
    desk.lane.barrier();
  }

  /** Scales the scores of what a row sees, and makes the others vanish. */
  private void prepare(FloatMatrix scores, int r, int from, int to) {
    int start = scores.index(r);
    Arrays.fill(scores.data(), start, start + from, Float.NEGATIVE_INFINITY);
    multiply(scores.data(), start + from, scale, to - from);
    Arrays.fill(scores.data(), start + to, start + scores.cols(), Float.NEGATIVE_INFINITY);
  }

  private static void multiply(float[] x, int at, float factor, int n) {
    for (int i = at; i < at + n; i++) {
      x[i] *= factor;
    }
  }

  private static void copy(float[] in, int at, float factor, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = in[at + i] * factor;
    }
  }

  private static void throughSoftmax(float[] d, int at, float[] e, int eAt, float mean, float scale, int n) {
    for (int i = 0; i < n; i++) {
      d[at + i] = e[eAt + i] * (d[at + i] - mean) * scale;
    }
  }

  private static void clear(FloatMatrix x) {
    for (int r = 0; r < x.rows(); r++) {
      Arrays.fill(x.data(), x.index(r), x.index(r) + x.cols(), 0f);
    }
  }

  private int kvHead(int head) {
    return head / (model.heads() / model.kvHeads());
  }

  private int statistics(Block b, int r) {
    return 2 * ((b.sequence * length + b.query + r) * model.heads() + b.head);
  }

  /** The queries of a block, or what stands in their place. */
  private FloatMatrix query(FloatMatrix x, Block b) {
    return part(x, b.sequence * length + b.query, b.rows, b.head * model.headDim());
  }

  private FloatMatrix key(FloatMatrix x, int sequence, int kvHead, int from, int count) {
    return part(x, sequence * length + from, count, model.queryDim() + kvHead * model.headDim());
  }

  private FloatMatrix value(FloatMatrix x, int sequence, int kvHead, int from, int count) {
    return part(x, sequence * length + from, count, model.queryDim() + model.kvDim() + kvHead * model.headDim());
  }

  private FloatMatrix part(FloatMatrix x, int row, int rows, int col) {
    return new FloatMatrix(x.data(), x.index(row) + col, rows, model.headDim(), x.stride());
  }
}
