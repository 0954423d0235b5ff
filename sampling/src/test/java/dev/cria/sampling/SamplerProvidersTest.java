package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.Availability;
import dev.cria.api.Providers;
import dev.cria.api.UnknownProviderException;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerProvidersTest {

  private static final SamplerProviders PROVIDERS = SamplerProviders.of(SamplerProvidersTest.class.getClassLoader());
  private static final String NAMES = "dry, greedy, llama.cpp, llama2c, logit-bias, min-p, mirostat, multinomial,"
      + " penalties, temperature, top-k, top-n-sigma, top-p, typical, xtc";

  @Test void of_serviceLoader_findsAllByName() {
    assertThat(PROVIDERS.steps().found()).extracting(found -> found.provider().name()).containsExactlyInAnyOrder(
        "logit-bias", "penalties", "dry", "top-n-sigma", "top-k", "typical", "top-p", "min-p", "xtc", "temperature");
    assertThat(PROVIDERS.draws().found()).extracting(found -> found.provider().name())
        .containsExactlyInAnyOrder("greedy", "llama2c", "mirostat", "multinomial");
  }

  @Test void plan_parts_areReadInOrder() {
    assertThat(PROVIDERS.plan("top-k=40,min-p=0.05,temperature=0.8")).isEqualTo(SamplerPlan.of(
        part("top-k", "k", "40"), part("min-p", "p", "0.05"), part("temperature", "temperature", "0.8")));
    assertThat(PROVIDERS.plan("temperature, top-k=40").steps()).extracting(SamplerPart::name)
        .containsExactly("temperature", "top-k");
  }

  @Test void plan_draw_isTheLastPart() {
    assertThat(PROVIDERS.plan("greedy")).isEqualTo(new SamplerPlan(List.of(), SamplerPart.of("greedy")));
    assertThat(PROVIDERS.plan("top-k=5,mirostat=3:eta=0.2")).isEqualTo(
        new SamplerPlan(List.of(part("top-k", "k", "5")),
            new SamplerPart("mirostat", SamplerParameters.none().and("tau", "3").and("eta", "0.2"))));
  }

  @Test void plan_texts_haveEscapesAndMayBeMany() {
    SamplerPart dry = PROVIDERS.plan("dry=0.8:breaker=\\n:breaker=\\::breaker=a\\,b=\\\\\\t,top-k").steps().getFirst();
    assertThat(dry.parameters().texts("breaker")).containsExactly("\n", ":", "a,b=\\\t");
    assertThat(dry.parameters().texts("multiplier")).containsExactly("0.8");
  }

  @Test void plan_preset_isChangedInPlace() {
    List<String> order = List.of("logit-bias", "penalties", "dry", "top-n-sigma", "top-k", "typical", "top-p", "min-p",
        "xtc", "temperature");
    assertThat(PROVIDERS.plan("llama.cpp").steps()).extracting(SamplerPart::name).isEqualTo(order);
    assertThat(PROVIDERS.plan("llama.cpp").draw()).isEqualTo(SamplerPart.of("multinomial"));
    SamplerPlan changed = PROVIDERS.plan("llama.cpp,temperature=0.5,penalties=1.1,mirostat");
    assertThat(changed.steps()).extracting(SamplerPart::name).isEqualTo(order);
    assertThat(changed.steps().getLast().parameters().texts("temperature")).containsExactly("0.5");
    assertThat(changed.steps().get(1).parameters().values()).containsEntry("repeat", List.of("1.1"))
        .containsEntry("last-n", List.of("64"));
    assertThat(changed.draw()).isEqualTo(SamplerPart.of("mirostat"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      top-k=x                | top-k: k must be a whole number in [0, 2147483647], got 'x'
      top-k=4.5              | top-k: k must be a whole number in [0, 2147483647], got '4.5'
      top-k=                 | top-k: k must be a whole number in [0, 2147483647], got ''
      top-p=1.5              | top-p: p must be a number in [0, 1], got '1.5'
      min-p=NaN              | min-p: p must be a number in [0, 1], got 'NaN'
      temperature=-1         | temperature: temperature must be a number in [0, 1000000], got '-1'
      temperature=1:rang=2   | temperature has no parameter 'rang'; it takes temperature, range, exponent
      xtc                    | xtc: probability is missing; it is a number in [0, 1]
      top-k=1:k=2            | top-k: k is given 2 times; keep one
      greedy=1               | greedy takes no parameters, got '1'
      greedy,top-k=40        | greedy draws the token, so it must come last; top-k after it would do nothing
      greedy,mirostat        | greedy draws the token, so it must come last; mirostat after it would do nothing
      top-k=40,top-k=20      | the step top-k is there twice; keep one
      llama.cpp=1            | llama.cpp takes no parameters; name its steps after it, as in llama.cpp,top-k=20
      top-k=1:p              | 'top-k=1:p' at character 10: expected '=' and a value for p of top-k; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8
      top-k=1,               | 'top-k=1,' at character 9: expected the name of a step or draw; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8
      ,top-k=1               | ',top-k=1' at character 1: expected the name of a step or draw; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8
      dry=1:breaker=\\q      | 'dry=1:breaker=\\q' at character 16: expected n, t, a comma, a colon or a backslash after the backslash; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8
      dry=1:breaker=\\       | 'dry=1:breaker=\\' at character 16: expected n, t, a comma, a colon or a backslash after the backslash; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8
      """) void plan_wrong_saysWhatAndWhere(
      String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> PROVIDERS.plan(text)).withMessage(message);
  }

  @Test void plan_unknownName_listsThoseThereAreAndTheNearest() {
    assertThatIllegalArgumentException().isThrownBy(() -> PROVIDERS.plan("top_k=40"))
        .isInstanceOf(UnknownProviderException.class)
        .withMessage("Unknown sampler 'top_k'. Available: " + NAMES + ". Did you mean 'top-k'?");
    assertThatIllegalArgumentException().isThrownBy(() -> PROVIDERS.plan("gredy"))
        .withMessageEndingWith("Did you mean 'greedy'?");
    assertThatIllegalArgumentException().isThrownBy(() -> PROVIDERS.plan(""))
        .withMessageStartingWith("'' at character 1: expected the name of a step or draw");
  }

  @Test void plan_presetWithoutAPlaceForAStep_isRefused() {
    SamplerProviders more = new SamplerProviders(
        Providers.of("sampler step", new TopKProvider(), new TopPProvider(), new LogitBiasProvider(), new DryProvider(),
            new PenaltiesProvider(), new TopNSigmaProvider(), new TypicalProvider(), new MinPProvider(),
            new XtcProvider(),
            new TemperatureProvider(), new Other()),
        PROVIDERS.draws());
    assertThatIllegalArgumentException().isThrownBy(() -> more.plan("llama.cpp,other")).withMessage(
        "llama.cpp has no step other, so it has no place for it; write all steps in the order that you want, in place of"
            + " llama.cpp");
    assertThat(more.plan("other,top-k").steps()).hasSize(2);
  }

  @Test void create_providerThatCannotRun_isRefusedWithItsReason() {
    SamplerProviders absent = new SamplerProviders(PROVIDERS.steps(), Providers.of("sampler draw", new Absent()));
    assertThatIllegalArgumentException().isThrownBy(() -> absent.plan("absent"))
        .withMessage("sampler 'absent' cannot run here: it rains");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> absent.create(new SamplerPlan(List.of(), SamplerPart.of("absent")),
            SamplerVocabulary.ofSize(3), new XorShift64Star(1)))
        .withMessage("sampler 'absent' cannot run here: it rains");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"10+1|token 10 is not in the vocabulary: ids are in [0, 10)",
      "9999999999-1|token 9999999999 is not in the vocabulary: ids are in [0, 10)",
      "1+1e3|bias must be a token id and a number with its sign, as in 15043-1.5 or 15043-inf, got '1+1e3'",
      "1|bias must be a token id and a number with its sign, as in 15043-1.5 or 15043-inf, got '1'",
      "1+inf|bias must be a token id and a number with its sign, as in 15043-1.5 or 15043-inf, got '1+inf'",
      "1+9999999999|a bias must be in [-1e9, 1e9], or -inf, got '+9999999999'"}) void create_biasThatIsNone_isRefused(
          String bias, String message) {
    SamplerPlan plan = PROVIDERS.plan("logit-bias=" + bias);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PROVIDERS.create(plan, SamplerVocabulary.ofSize(10), new XorShift64Star(1)))
        .withMessage("logit-bias: " + message);
  }

  @Test void create_temperatureTooSmallForAFloat_isRefused() {
    SamplerPlan plan = PROVIDERS.plan("temperature=1e-60");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PROVIDERS.create(plan, SamplerVocabulary.ofSize(10), new XorShift64Star(1)))
        .withMessage("temperature must be 0 or above 0 as a float, got 1.0E-60; 0 takes the most likely token");
  }

  @Test void llama2c_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Samplers.llama2c(4, 1, -0.1, 1))
        .withMessage("llama2c: topp must be a number in [0, 1], got '-0.1'");
    assertThatIllegalArgumentException().isThrownBy(() -> Samplers.llama2c(4, Double.NaN, 0.9, 1))
        .withMessage("llama2c: temperature must be a number in [0, 1000000], got 'NaN'");
    assertThatIllegalArgumentException().isThrownBy(() -> Samplers.llama2c(0, 1, 0.9, 1))
        .withMessage("vocabSize must be positive, got 0");
  }

  @Test void llama2cAsAPlan_isLlama2c() {
    var plan = PROVIDERS.create(PROVIDERS.plan("llama2c"), SamplerVocabulary.ofSize(500), new XorShift64Star(7));
    var known = Samplers.llama2c(500, 1, 0.9f, 7);
    Random random = new Random(20_260_121L);
    for (int i = 0; i < 200; i++) {
      float[] logits = Given.random(random, 500, 3);
      assertThat(plan.sample(logits, 0)).as("draw %d", i).isEqualTo(known.sample(logits, 0));
    }
  }

  private static SamplerPart part(String name, String parameter, String value) {
    return new SamplerPart(name, SamplerParameters.none().and(parameter, value));
  }

  private static final class Other implements SamplerStepProvider {
    @Override public String name() {
      return "other";
    }

    @Override public String summary() {
      return "does nothing";
    }

    @Override public List<SamplerParameter> parameters() {
      return List.of();
    }

    @Override public SamplerStep create(SamplerParameters parameters,
        SamplerVocabulary vocabulary) {
      return (candidates, context) -> {};
    }
  }

  private static final class Absent implements SamplerDrawProvider {
    @Override public String name() {
      return "absent";
    }

    @Override public Availability availability() {
      return Availability.unavailable("it rains");
    }

    @Override public String summary() {
      return "would draw";
    }

    @Override public List<SamplerParameter> parameters() {
      return List.of();
    }

    @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
      throw new AssertionError("never called");
    }
  }
}
