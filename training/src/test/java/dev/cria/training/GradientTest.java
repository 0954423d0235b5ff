package dev.cria.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.Kernel;
import dev.cria.inference.ThreadTeam;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradients are those of the loss: central differences prove the float64 reference, and the reference proves what trains.
 */
final class GradientTest {

  private static final int SEQUENCES = 3;
  private static final int LENGTH = 19;

  /** All heads apart; grouped; one for all. Tied embeddings in each. */
  private static final ModelConfiguration[] MODELS = {TestModels.model(12, 20, 2, 3, 3, 23, 32),
      TestModels.model(24, 17, 2, 6, 2, 19, 32), TestModels.model(16, 24, 3, 4, 1, 31, 32)};

  static Stream<Arguments> tensors() {
    return Stream.of(MODELS).flatMap(model -> ParameterLayout.of(model).tensors().stream()
        .map(tensor -> Arguments.of(model.heads() + "/" + model.kvHeads() + " heads", tensor.name(), model, tensor)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("tensors") void reference_againstCentralDifferences_agreesTo1e6(
      String heads, String name, ModelConfiguration model, ParameterLayout.Tensor tensor) {
    TrainingBatch batch = TestModels.batch(SEQUENCES, LENGTH, model.vocabSize(), 5);
    ReferenceModel reference = reference(TestModels.weights(model, 3));
    reference.loss(batch, true);
    double difference = 0;
    double norm = 0;
    for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i += 1 + tensor.size() / 40) {
      double slope = slope(reference, batch, i);
      difference += square(slope - reference.dw[i]);
      norm += square(slope);
    }
    assertThat(Math.sqrt(norm)).as("norm of the slopes of %s, %s", name, heads).isGreaterThan(1e-3);
    assertThat(Math.sqrt(difference / norm)).as("relative difference of %s, %s", name, heads).isLessThan(1e-6);
  }

  static Stream<Arguments> runs() {
    return IntStream.range(0, MODELS.length).boxed()
        .flatMap(model -> Stream.of("scalar", "vector").map(backend -> Arguments.of(model, backend)));
  }

  @ParameterizedTest(name = "model {0} on {1}")
  @MethodSource("runs") void float32_againstTheReference_agreesTo1e4InNorm(int index, String backend) {
    ModelConfiguration model = MODELS[index];
    Parameters weights = TestModels.weights(model, 3);
    Parameters gradients = new Parameters(weights.layout());
    TrainingBatch batch = TestModels.batch(SEQUENCES, LENGTH, model.vocabSize(), 5);
    Kernel kernel = TestModels.kernel(backend);
    double loss;
    try (ThreadTeam team = TestModels.team(kernel, model, batch.rows(), 2);
        TrainingPass pass = new TrainingPass(kernel, team, weights, gradients, SEQUENCES, LENGTH, 0)) {
      loss = pass.lossAndGradients(batch, 1, 0);
      assertThat(pass.loss(batch)).as("loss alone").isEqualTo(loss);
    }
    ReferenceModel reference = reference(weights);
    double expected = reference.loss(batch, true);
    assertThat(loss / expected).as("loss over that of the reference").isBetween(1 - 1e-6, 1 + 1e-6);
    for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
      double difference = 0;
      double norm = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        difference += square(gradients.data()[i] - reference.dw[i]);
        norm += square(reference.dw[i]);
      }
      assertThat(Math.sqrt(difference / norm)).as("relative difference of %s", tensor.name()).isLessThan(1e-4);
    }
  }

  /** The same noise drops the same elements, so the loss has a slope, and the gradients must be it. */
  @ParameterizedTest(name = "dropout {0}")
  @ValueSource(doubles = {0.1, 0.5}) void dropout_alongTheGradient_changesTheLossByItsSquare(double rate) {
    ModelConfiguration model = MODELS[1];
    Parameters weights = TestModels.weights(model, 3);
    Parameters gradients = new Parameters(weights.layout());
    Parameters others = new Parameters(weights.layout());
    TrainingBatch batch = TestModels.batch(SEQUENCES, LENGTH, model.vocabSize(), 5);
    Kernel kernel = TestModels.kernel("scalar");
    try (ThreadTeam team = TestModels.team(kernel, model, batch.rows(), 2);
        TrainingPass pass = new TrainingPass(kernel, team, weights, gradients, SEQUENCES, LENGTH, rate)) {
      double loss = pass.lossAndGradients(batch, 1, 77);
      System.arraycopy(gradients.data(), 0, others.data(), 0, others.data().length);
      assertThat(pass.lossAndGradients(batch, 1, 77)).as("the same noise").isEqualTo(loss);
      assertThat(pass.lossAndGradients(batch, 1, 78)).as("other noise").isNotEqualTo(loss);
      assertThat(pass.loss(batch)).as("without noise").isNotEqualTo(loss);
      double square = 0;
      for (float g : others.data()) {
        square += square(g);
      }
      double h = 0.002 / Math.sqrt(square);
      double above = lossAt(pass, weights, others, h, batch);
      double below = lossAt(pass, weights, others, -2 * h, batch);
      assertThat((above - below) / (2 * h) / square).as("slope along the gradient").isBetween(0.995, 1.005);
    }
  }

  private static double lossAt(TrainingPass pass, Parameters weights, Parameters along, double distance,
      TrainingBatch batch) {
    for (int i = 0; i < weights.data().length; i++) {
      weights.data()[i] += (float) (distance * along.data()[i]);
    }
    return pass.lossAndGradients(batch, 1, 77);
  }

  private static ReferenceModel reference(Parameters weights) {
    double[] values = new double[weights.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.data()[i];
    }
    return new ReferenceModel(weights.layout(), values);
  }

  /** By central differences of two widths, whose errors of the second order cancel (Richardson). */
  private static double slope(ReferenceModel reference, TrainingBatch batch, int i) {
    double h = 1e-3;
    return (4 * slope(reference, batch, i, h / 2) - slope(reference, batch, i, h)) / 3;
  }

  private static double slope(ReferenceModel reference, TrainingBatch batch, int i, double h) {
    double old = reference.w[i];
    reference.w[i] = old + h;
    double above = reference.loss(batch, false);
    reference.w[i] = old - h;
    double below = reference.loss(batch, false);
    reference.w[i] = old;
    return (above - below) / (2 * h);
  }

  private static double square(double x) {
    return x * x;
  }
}
