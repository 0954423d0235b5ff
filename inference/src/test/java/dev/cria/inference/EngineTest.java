package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.checkpoints.SentenceCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EngineTest {

  @TempDir Path folder;

  private Path model() throws IOException {
    return SentenceFile.write(folder);
  }

  static Stream<Arguments> backendsThreadsTemperatures() {
    return TestBackends.names().stream()
        .flatMap(name -> Stream.of(Arguments.of(name, 1, 0), Arguments.of(name, 2, 0), Arguments.of(name, 2, 1)));
  }

  @ParameterizedTest
  @MethodSource("backendsThreadsTemperatures") void generate_modelOfOneSentence_tellsIt(String backend, int threads,
      double temperature) throws IOException {
    List<String> pieces = new ArrayList<>();
    try (Engine engine = Engine.open(model()).backend(backend).threads(threads).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of("").temperature(temperature).seed(42), pieces::add);

      assertThat(text.text()).isEqualTo(SentenceCheckpoint.SENTENCE);
      assertThat(String.join("", pieces)).isEqualTo(SentenceCheckpoint.SENTENCE);
      assertThat(pieces).as("told piece by piece").hasSizeGreaterThan(10);
      assertThat(text.reason()).isEqualTo(StopReason.STOP_TOKEN);
      assertThat(engine.backend()).isEqualTo(backend);
    }
  }

  @Test void generate_prompt_isContinued() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      assertThat(engine.generate(GenerationRequest.of("a small llama")).text())
          .isEqualTo("a small llama" + SentenceCheckpoint.SENTENCE.split("a small llama", 2)[1]);
    }
  }

  @Test void generate_maxPositions_endsThere() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of("").maxPositions(3));
      assertThat(text.text()).isEqualTo("Once upon a");
      assertThat(text.reason()).isEqualTo(StopReason.LENGTH);
    }
  }

  @Test void generate_interruptedThread_isCancelled() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of(""), piece -> Thread.currentThread().interrupt());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(text.reason()).isEqualTo(StopReason.CANCELLED);
      assertThat(text.text()).isEqualTo("Once");
    }
  }

  @Test void generate_promptLongerThanTheContext_isRefused() throws IOException {
    try (Engine engine = Engine.open(model()).contextLength(8).load()) {
      assertThatIllegalArgumentException().isThrownBy(() -> engine.generate(GenerationRequest.of("llama ".repeat(20))))
          .withMessageMatching("the prompt has \\d+ tokens, the context holds 8 positions; shorten the prompt");
    }
  }

  @Test void load_badValues_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Engine.open(model()).contextLength(257).load().close())
        .withMessage("contextLength must be in [1, 256], got 257");
    assertThatIllegalArgumentException().isThrownBy(() -> Engine.open(model()).backend("frobnicate").load().close())
        .withMessageStartingWith("Unknown backend 'frobnicate'. Available: ")
        .withMessageEndingWith(String.join(", ", TestBackends.names()) + ".");
    assertThatIllegalArgumentException().isThrownBy(() -> Engine.open(model()).threads(0).load().close())
        .withMessageContaining("threads must be at least 1, got");
  }

  @Test void request_badValues_areRefused() {
    GenerationRequest request = GenerationRequest.of("");
    assertThatIllegalArgumentException().isThrownBy(() -> request.temperature(-0.1))
        .withMessage("temperature must be a number from 0 on, got -0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> request.temperature(Double.NaN))
        .withMessage("temperature must be a number from 0 on, got NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> request.topP(1.5))
        .withMessage("topP must be in [0, 1], got 1.5");
    assertThatIllegalArgumentException().isThrownBy(() -> request.seed(0)).withMessage("seed must not be 0");
    assertThatIllegalArgumentException().isThrownBy(() -> request.maxPositions(-1))
        .withMessage("maxPositions must not be negative, got -1");
  }
}
