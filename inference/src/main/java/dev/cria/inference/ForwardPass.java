package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.RowBatch;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Worker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * The forward pass of a Llama model over a {@link Kernel}: rows of tokens in, logits out.
 *
 * @see <a href="https://arxiv.org/abs/2302.13971">Touvron et al. 2023, LLaMA</a>
 */
public final class ForwardPass implements ModelExecutor {

  /*
   * Every worker of the team runs forward(Worker) from top to bottom; each operation of the kernel computes the worker's share
   * and ends with a barrier (SynchronizedKernel). Views for the batch at hand are made before the team starts and kept for the
   * next one, so that generating allocates nothing.
   */

  /** Multiply-adds of a layer that take about as long as its barriers do. Measurements: benchmarks/RESULTS.md. */
  private static final long LEAST_TO_SHARE = 1 << 18;

  private final ModelConfiguration configuration;
  private final long productsOfLayer; // multiply-adds with its weights, of one row
  private final ExecutorOptions options;
  private final Arena arena;
  private final ThreadTeam team;
  private final OneOrAll workers;
  private final ThreadTeam.Task task = this::forward;
  private final Kernel kernel;
  private final LlamaWeights weights;
  private final Encoding cacheEncoding;
  private final RopeTable rope;
  private final AttentionShape attention;
  private final LayerTimer timer = new LayerTimer();

  private final Rows rows;
  private final Activations allRows;
  private final FloatMatrix allSelected; // (maxRows, dim)
  private Activations at;
  private FloatMatrix selected;
  private List<FloatMatrix> logits;

  private ForwardPass(
      ModelConfiguration configuration, ExecutorOptions options, Arena arena, ThreadTeam team,
      OneOrAll workers, Kernel kernel, LlamaWeights weights, Encoding cacheEncoding) {
    this.configuration = configuration;
    this.productsOfLayer = productsOfLayer(configuration);
    this.options = options;
    this.arena = arena;
    this.team = team;
    this.workers = workers;
    this.kernel = new SynchronizedKernel(kernel);
    this.weights = weights;
    this.cacheEncoding = cacheEncoding;
    this.rope = RopeTables.of(configuration, options.maxPositions());
    this.attention = AttentionShape.causal(configuration.heads(), configuration.kvHeads(), configuration.headDim())
        .within(configuration.attention().window());
    this.rows = new Rows(options.maxRows(), configuration.layers());
    this.allRows = Activations.allocate(configuration, options.maxRows());
    this.allSelected = FloatMatrix.allocate(options.maxRows(), configuration.dim());
    this.at = allRows;
    this.selected = allSelected;
    this.logits = List.of();
  }

  private static long productsOfLayer(ModelConfiguration c) {
    return (long) c.dim() * (2L * c.queryDim() + 2L * c.kvDim() + 3L * c.hiddenDim());
  }

  /**
   * Loads the weights of a checkpoint for a kernel.
   *
   * @param cacheEncoding how keys and values are kept
   * @throws IllegalArgumentException if the kernel cannot run this model
   * @throws IOException if the checkpoint cannot be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the forward pass closes the arena, or this method where loading fails
  public static ForwardPass load(
      Checkpoint checkpoint, Kernel kernel, Encoding cacheEncoding, ExecutorOptions options) throws IOException {
    Obstacles.requireNone(checkpoint, kernel);
    ModelConfiguration c = checkpoint.configuration();
    MemoryEstimate.of(checkpoint, kernel, cacheEncoding, options).requireFits(checkpoint.source());
    KernelLimits limits = new KernelLimits(options.maxRows(),
        Math.max(Math.max(c.dim(), c.hiddenDim()), c.queryDim()), c.heads(), c.headDim(), options.maxPositions(),
        options.threads());
    ThreadTeam team = new ThreadTeam(options.threads(), kernel.scratch(limits));
    OneOrAll workers = new OneOrAll(team, options.alone(), kernel.scratch(limits));
    Arena arena = Arena.ofShared();
    boolean loaded = false;
    try {
      LlamaWeights weights = new WeightLoader(checkpoint, kernel, team, arena).load();
      ForwardPass pass = new ForwardPass(c, options, arena, team, workers, kernel, weights, cacheEncoding);
      loaded = true;
      return pass;
    } finally {
      if (!loaded) {
        workers.close();
        team.close();
        arena.close();
      }
    }
  }

  @Override public ModelConfiguration configuration() {
    return configuration;
  }

  @Override public int maxRows() {
    return options.maxRows();
  }

  @Override public int maxPositions() {
    return options.maxPositions();
  }

  @Override public SequenceState newSequence(int capacity) {
    if (capacity < 1 || capacity > options.maxPositions()) {
      throw new IllegalArgumentException(
          "a sequence has room for 1 to " + options.maxPositions() + " positions, got " + capacity);
    }
    return new KvCache(configuration, capacity, cacheEncoding);
  }

  @Override public void forward(RowBatch batch, FloatMatrix logitsOut) {
    rows.take(batch);
    if (at.rows() != rows.count()) {
      at = allRows.firstRows(rows.count());
    }
    if (rows.wantedCount() > 0) {
      viewLogits(logitsOut, rows.wantedCount());
    }
    workers.run(task, rows.count() * productsOfLayer >= LEAST_TO_SHARE);
    rows.advance();
  }

  private void viewLogits(FloatMatrix out, int wanted) {
    if (out.rows() != wanted || out.cols() != configuration.vocabSize()) {
      throw new IllegalArgumentException(
          "logits are " + out.shape() + "; " + wanted + " rows want them, so they must be ("
              + wanted + ", " + configuration.vocabSize() + ")");
    }
    if (selected.rows() != wanted) {
      selected = allSelected.firstRows(wanted);
    }
    if (logits.isEmpty() || !logits.getFirst().equals(out)) {
      logits = List.of(out);
    }
  }

  private void forward(Worker worker) {
    float epsilon = configuration.normEpsilon();
    kernel.embed(worker, at.hidden(), weights.tokenEmbedding(), rows.tokens());
    for (int i = 0; i < weights.layers().size(); i++) {
      LlamaWeights.Layer layer = weights.layers().get(i);
      Placement placement = rows.placement(i);
      timer.begin(worker);

      kernel.rmsNorm(worker, at.normed(), at.hidden(), layer.attentionNorm(), epsilon);
      kernel.matmul(worker, at.queryKeyValue(), layer.queryKeyValue(), at.normed());
      layer.queryKeyNorm().apply(kernel, worker, at);
      kernel.rope(worker, at.query(), rope, placement);
      kernel.rope(worker, at.key(), rope, placement);
      kernel.storeKv(worker, placement, at.key(), at.value());
      kernel.attention(worker, at.attended(), at.query(), placement, attention);
      kernel.matmul(worker, at.intoHidden(), layer.oProj(), at.attended());

      kernel.rmsNorm(worker, at.normed(), at.hidden(), layer.ffnNorm(), epsilon);
      kernel.matmul(worker, at.intoGated(), layer.gateUp(), at.normed());
      kernel.matmul(worker, at.intoHidden(), layer.downProj(), at.gated());
      timer.end(worker, i, rows.count());
    }
    if (rows.wantedCount() > 0) {
      select(worker);
      kernel.rmsNorm(worker, selected, selected, weights.finalNorm(), epsilon);
      kernel.matmul(worker, logits, weights.lmHead(), selected);
    }
  }

  /** Copies the rows whose logits are wanted. */
  private void select(Worker worker) {
    if (worker.index() == 0) {
      for (int i = 0; i < rows.wantedCount(); i++) {
        System.arraycopy(at.hidden().data(), at.hidden().index(rows.wanted(i)), selected.data(), selected.index(i),
            configuration.dim());
      }
    }
    worker.barrier();
  }

  @Override public void close() {
    workers.close();
    team.close();
    arena.close();
  }
}
