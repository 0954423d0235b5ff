package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import dev.cria.inference.RopeTables;
import dev.cria.inference.ThreadTeam;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * The forward and the backward pass of a Llama model with tied embeddings over a {@link Kernel}.
 *
 * <p>Every worker runs both from top to bottom. Each step of the forward pass has its step back, in the opposite order.
 *
 * @see <a href="https://arxiv.org/abs/2302.13971">Touvron et al. 2023, LLaMA</a>
 */
final class TrainingPass implements AutoCloseable {

  private static final int NO_NOISE = 0;

  private final ModelConfiguration model;
  private final Kernel kernel;
  private final ThreadTeam team;
  private final Arena arena = Arena.ofShared();
  private final Parameters weights;
  private final Parameters gradients;
  private final Products products;
  private final CausalAttention attention;
  private final Swiglu swiglu;
  private final NormGradient normGradient;
  private final CrossEntropy crossEntropy;
  private final RopeTable rope;
  private final RopeTable ropeBack;
  private final Placement positions;
  private final Tape tape;
  private final Dropout dropout;
  private final float[][] gains; // (2 * layers + 1, dim): of the norms, in arrays of their own, as kernels take them

  /**
   * Allocates everything.
   *
   * @param sequences of a batch
   * @param length of each
   * @param dropout of what blocks add to the residual stream
   */
  TrainingPass(Kernel kernel, ThreadTeam team, Parameters weights, Parameters gradients, int sequences, int length,
      double dropout) {
    ModelConfiguration c = weights.layout().model();
    int rows = Math.multiplyExact(sequences, length);
    ScratchSize laneScratch = kernel.scratch(limits(c, rows, 1));
    int workers = team.count();
    this.model = c;
    this.kernel = kernel;
    this.team = team;
    this.weights = weights;
    this.gradients = gradients;
    this.products = new Products(kernel);
    this.attention = new CausalAttention(kernel, c, sequences, length, workers, laneScratch, arena);
    this.swiglu = new Swiglu(kernel, c.hiddenDim(), workers, laneScratch, arena);
    this.normGradient = new NormGradient(rows, c.dim(), c.normEpsilon(), workers);
    this.crossEntropy = new CrossEntropy(kernel, rows, c.vocabSize(), workers, laneScratch, arena);
    this.rope = RopeTables.of(c, length);
    this.ropeBack = inverse(rope);
    this.positions = new Positions(rows, length);
    this.dropout = new Dropout(dropout);
    this.tape = Tape.allocate(c, rows, attention.statistics());
    this.gains = new float[2 * c.layers() + 1][c.dim()];
  }

  /** What a team needs for batches of that many rows. */
  static KernelLimits limits(ModelConfiguration c, int rows, int workers) {
    int width = Math.max(Math.max(2 * c.hiddenDim(), c.vocabSize()), c.queryDim() + 2 * c.kvDim());
    return new KernelLimits(rows, width, c.heads(), c.headDim(), rows, workers);
  }

  /** The sum of the losses of all targets, in nats. */
  double loss(TrainingBatch batch) {
    team.run(worker -> {
      forward(worker, batch, NO_NOISE);
      crossEntropy.forward(worker, tape.normed(), weights.tokenEmbedding(), batch.targets());
    });
    return sum(crossEntropy.losses());
  }

  /**
   * The same; adds the gradients of {@code weight} times this sum.
   *
   * @param noise decides what is dropped, if anything is
   */
  double lossAndGradients(TrainingBatch batch, float weight, int noise) {
    int some = dropout.isOn() ? noise | 1 : NO_NOISE;
    team.run(worker -> {
      forward(worker, batch, some);
      backward(worker, batch, weight, some);
    });
    return sum(crossEntropy.losses());
  }

  /** The loss of each position of the batch that was run last. */
  double[] losses() {
    return crossEntropy.losses();
  }

  private static double sum(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  private void forward(Worker worker, TrainingBatch batch, int noise) {
    copyGains(worker);
    float epsilon = model.normEpsilon();
    EmbeddingGradient.forward(worker, tape.layers().getFirst().hidden(), weights.tokenEmbedding(), batch.tokens());
    for (int i = 0; i < model.layers(); i++) {
      Parameters.Layer w = weights.layers().get(i);
      Tape.Layer at = tape.layers().get(i);
      FloatMatrix next = i + 1 < model.layers() ? tape.layers().get(i + 1).hidden() : tape.last();

      kernel.rmsNorm(worker, at.attentionNormed(), at.hidden(), gains[2 * i], epsilon);
      worker.barrier();
      products.forward(worker, at.queryKeyValue(), at.attentionNormed(), w.queryKeyValue());
      rotate(worker, at.queryKeyValue(), rope);
      attention.forward(worker, at.attended(), at.queryKeyValue(), batch.starts(), at.statistics());
      addProduct(worker, at.middle(), at.hidden(), at.attended(), w.oProj(), site(noise, 2 * i));

      kernel.rmsNorm(worker, at.ffnNormed(), at.middle(), gains[2 * i + 1], epsilon);
      worker.barrier();
      products.forward(worker, at.gateUp(), at.ffnNormed(), w.gateUp());
      swiglu.forward(worker, at.gated(), at.gateUp());
      addProduct(worker, next, at.middle(), at.gated(), w.downProj(), site(noise, 2 * i + 1));
    }
    kernel.rmsNorm(worker, tape.normed(), tape.last(), gains[2 * model.layers()], epsilon);
    worker.barrier();
  }

  private void backward(Worker worker, TrainingBatch batch, float weight, int noise) {
    FloatMatrix dHidden = tape.dHidden();
    FloatMatrix dNormed = tape.dNormed();
    crossEntropy.backward(worker, dNormed, gradients.tokenEmbedding(), tape.normed(), weights.tokenEmbedding(),
        batch.targets(), weight);
    clear(worker, dHidden);
    normGradient.add(worker, dHidden, gradients.finalNorm(), dNormed, tape.last(), weights.finalNorm());
    for (int i = model.layers() - 1; i >= 0; i--) {
      Parameters.Layer w = weights.layers().get(i);
      Parameters.Layer d = gradients.layers().get(i);
      Tape.Layer at = tape.layers().get(i);

      FloatMatrix dAdded = dropped(worker, site(noise, 2 * i + 1));
      products.backward(worker, tape.dGated(), d.downProj(), dAdded, at.gated(), w.downProj());
      swiglu.backward(worker, at.gateUp(), tape.dGated());
      products.backward(worker, dNormed, d.gateUp(), at.gateUp(), at.ffnNormed(), w.gateUp());
      normGradient.add(worker, dHidden, d.ffnNorm(), dNormed, at.middle(), w.ffnNorm());

      dAdded = dropped(worker, site(noise, 2 * i));
      products.backward(worker, tape.dAttended(), d.oProj(), dAdded, at.attended(), w.oProj());
      attention.backward(worker, tape.dQueryKeyValue(), tape.dAttended(), at.attended(), at.queryKeyValue(),
          batch.starts(), at.statistics());
      rotate(worker, tape.dQueryKeyValue(), ropeBack);
      products.backward(worker, dNormed, d.queryKeyValue(), tape.dQueryKeyValue(), at.attentionNormed(),
          w.queryKeyValue());
      normGradient.add(worker, dHidden, d.attentionNorm(), dNormed, at.hidden(), w.attentionNorm());
    }
    EmbeddingGradient.backward(worker, gradients.tokenEmbedding(), dHidden, batch.tokens());
  }

  /** {@code out = x + y · wᵀ}, of the product a part left out. */
  private void addProduct(Worker worker, FloatMatrix out, FloatMatrix x, FloatMatrix y, FloatMatrix w, int noise) {
    if (noise == NO_NOISE) {
      copy(worker, out, x);
      products.forwardAdding(worker, out, y, w);
    } else {
      products.forward(worker, out, y, w);
      dropout.add(worker, out, x, noise);
    }
  }

  /** The gradient of what was added: that of the residual stream, without what was left out. */
  private FloatMatrix dropped(Worker worker, int noise) {
    if (noise == NO_NOISE) {
      return tape.dHidden();
    }
    dropout.back(worker, tape.dNormed(), tape.dHidden(), noise); // dNormed is free at this point
    return tape.dNormed();
  }

  /** The noise of one place in the model. */
  private static int site(int noise, int site) {
    return noise == NO_NOISE ? NO_NOISE : Dropout.mix(noise + site * 0x3C6EF372) | 1;
  }

  /** Rotates queries and keys, which are neighbours. */
  private void rotate(Worker worker, FloatMatrix queryKeyValue, RopeTable table) {
    kernel.rope(worker, new FloatMatrix(queryKeyValue.data(), queryKeyValue.offset(), queryKeyValue.rows(),
        model.queryDim() + model.kvDim(), queryKeyValue.stride()), table, positions);
    worker.barrier();
  }

  private void copyGains(Worker worker) {
    if (worker.index() == 0) {
      for (int i = 0; i < model.layers(); i++) {
        copyGain(weights.layers().get(i).attentionNorm(), gains[2 * i]);
        copyGain(weights.layers().get(i).ffnNorm(), gains[2 * i + 1]);
      }
      copyGain(weights.finalNorm(), gains[2 * model.layers()]);
    }
    worker.barrier();
  }

  private static void copyGain(FloatMatrix from, float[] to) {
    System.arraycopy(from.data(), from.offset(), to, 0, to.length);
  }

  private static void copy(Worker worker, FloatMatrix to, FloatMatrix from) {
    int start = worker.shareStart(to.rows(), 1) * to.cols();
    int end = worker.shareEnd(to.rows(), 1) * to.cols();
    System.arraycopy(from.data(), start, to.data(), start, end - start);
    worker.barrier();
  }

  private static void clear(Worker worker, FloatMatrix x) {
    int start = worker.shareStart(x.rows(), 1) * x.cols();
    Arrays.fill(x.data(), start, worker.shareEnd(x.rows(), 1) * x.cols(), 0f);
    worker.barrier();
  }

  /** The rotation back: its matrix is the transpose. */
  private static RopeTable inverse(RopeTable table) {
    float[] sin = new float[table.sin().length];
    for (int i = 0; i < sin.length; i++) {
      sin[i] = -table.sin()[i];
    }
    return new RopeTable(table.layout(), table.headDim(), table.rotaryDim(), table.positions(), table.cos(), sin);
  }

  @Override public void close() {
    arena.close();
  }

  /** Rows of whole sequences: they have no cache. */
  private record Positions(int rows, int length) implements Placement {

    @Override public int position(int row) {
      return row % length;
    }

    @Override public KvView cache(int row) {
      throw new UnsupportedOperationException("training keeps no cache");
    }
  }
}
