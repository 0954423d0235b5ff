package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.checkpoints.SentenceCheckpoint;
import dev.cria.sampling.LogProbabilities;
import dev.cria.tokenizers.EncodeOptions;
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

  @Test void generate_stopString_endsBeforeIt() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      List<String> pieces = new ArrayList<>();
      GeneratedText text = engine.generate(GenerationRequest.of("").stopStrings("never", "me a sm"), pieces::add);
      assertThat(text.text()).isEqualTo("Once upon a ti").isEqualTo(String.join("", pieces));
      assertThat(text.reason()).isEqualTo(StopReason.STOP_STRING);
      assertThat(pieces).as("told piece by piece").hasSizeGreaterThan(2).doesNotContain("");
    }
  }

  @Test void generate_stopStringInThePrompt_isToldAndDoesNotCount() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of("Once upon").stopStrings("upon", "small"));
      assertThat(text.text()).isEqualTo("Once upon a time a ");
      assertThat(engine.generate(GenerationRequest.of("Once upon").stopStrings("upon")).text())
          .isEqualTo(SentenceCheckpoint.SENTENCE);
    }
  }

  @Test void generate_heldBackToTheEnd_isTold() throws IOException {
    String last = SentenceCheckpoint.SENTENCE.substring(SentenceCheckpoint.SENTENCE.length() - 3);
    try (Engine engine = Engine.open(model()).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of("").stopStrings(last + "!"));
      assertThat(text.text()).isEqualTo(SentenceCheckpoint.SENTENCE);
      assertThat(text.reason()).isEqualTo(StopReason.STOP_TOKEN);
    }
  }

  @Test void generate_logProbabilities_areThoseOfTheModelForEachTokenDrawn() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      GenerationRequest request = GenerationRequest.of("Once upon").maxPositions(7).logProbabilities(3);
      GeneratedText text = engine.generate(request);
      assertThat(text.tokens()).hasSize(text.figures().generatedTokens());
      for (LogProbabilities token : text.tokens()) {
        assertThat(token.top()).hasSize(3);
        assertThat(token.top().getFirst().token()).as("the likeliest, which temperature 0 takes")
            .isEqualTo(token.token());
        assertThat(token.logProbability()).isEqualTo(token.top().getFirst().logProbability()).isBetween(-0.1, 0.0);
      }
      int[] all = text.tokens().stream().mapToInt(LogProbabilities::token).toArray();
      assertThat("Once upon " + engine.tokenizer().decode(all)).isEqualTo(text.text());
      assertThat(engine.generate(GenerationRequest.of("")).tokens()).as("not asked for").isEmpty();
    }
  }

  @Test void generate_logProbabilitiesAndStopString_leaveOutWhatBeginsInIt() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      GeneratedText text = engine.generate(GenerationRequest.of("").stopStrings(" small").logProbabilities(0));
      assertThat(text.text()).isEqualTo("Once upon a time a");
      assertThat(engine.tokenizer().decode(text.tokens().stream().mapToInt(LogProbabilities::token).toArray()))
          .isEqualTo("Once upon a time a");
    }
  }

  @Test void generate_sampler_choosesInPlaceOfTemperature() throws IOException {
    try (Engine engine = Engine.open(model()).load()) {
      for (String sampler : List.of("greedy", "llama.cpp", "top-k=1", "temperature=0", "llama2c=0",
          "logit-bias,top-k=40,min-p=0.05,temperature=0.8,mirostat=1")) {
        assertThat(engine.generate(GenerationRequest.of("").sampler(sampler).seed(7)).text()).as(sampler)
            .isEqualTo(SentenceCheckpoint.SENTENCE);
      }
      int llama = engine.tokenizer().encode("llama", EncodeOptions.PROMPT)[1];
      assertThat(engine.generate(GenerationRequest.of("").sampler("logit-bias=" + llama + "-inf,greedy")).text())
          .startsWith("Once upon a time").doesNotContain("llama");
      assertThatIllegalArgumentException().isThrownBy(() -> engine.generate(GenerationRequest.of("").sampler("topk=4")))
          .withMessageStartingWith("Unknown sampler 'topk'.").withMessageEndingWith("Did you mean 'top-k'?");
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
        .withMessageContainingAll(TestBackends.names().toArray(String[]::new));
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
    assertThatIllegalArgumentException().isThrownBy(() -> request.stopStrings("a", ""))
        .withMessage("a stop string must not be empty: it would end every text at once");
    assertThatIllegalArgumentException().isThrownBy(() -> request.logProbabilities(-1))
        .withMessage("logProbabilities must not be negative, got -1");
    assertThatIllegalArgumentException().isThrownBy(() -> request.maxPositions(-1))
        .withMessage("maxPositions must not be negative, got -1");
  }
}
