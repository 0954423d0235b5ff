package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplerChainTest {

  private static final SamplerProviders PROVIDERS = SamplerProviders.of(SamplerChainTest.class.getClassLoader());
  private static final String EVERYTHING = "logit-bias=3-1,penalties=1.1:frequency=0.1,dry=0.8,top-n-sigma=3,top-k=100,"
      + "typical=0.99,top-p=0.95,min-p=0.01,xtc=0.5:threshold=0.05,temperature=0.8:range=0.3";

  @Test void sample_steps_runInOrderOverThePartOfTheLogits() {
    StepThatNotes doubled = new StepThatNotes(logit -> 2 * logit);
    StepThatNotes plusOne = new StepThatNotes(logit -> 1 + logit);
    float[] logits = {99, 1, 3, 2, 99};
    assertThat(new SamplerChain(3, List.of(doubled, plusOne), new Greedy(), new XorShift64Star(1)).sample(logits, 1))
        .isEqualTo(1);
    assertThat(doubled.seen).isEqualTo(1);
    assertThat(plusOne.seen).isEqualTo(2);
    assertThat(logits).containsExactly(99, 1, 3, 2, 99);
  }

  @Test void sample_logitsTooShort_isRefused() {
    Sampler sampler = Samplers.greedy(3);
    assertThatThrownBy(() -> sampler.sample(new float[4], 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test void acceptAndReset_reachStepsAndDraw_andTheContextKnowsTheTokens() {
    SamplerDraw repeatsLast = (candidates,
        context) -> context.position() == 0 ? 0 : context.token(context.position() - 1);
    StepThatNotes step = new StepThatNotes(logit -> logit);
    Sampler sampler = new SamplerChain(1000, List.of(step), repeatsLast, new XorShift64Star(1));
    float[] logits = new float[1000];
    assertThat(sampler.sample(logits, 0)).isZero();
    for (int token = 0; token < 1000; token++) {
      sampler.accept(token);
    }
    assertThat(sampler.sample(logits, 0)).isEqualTo(999);
    assertThat(step.accepted).isEqualTo(1000);
    sampler.reset();
    assertThat(step.accepted).isZero();
    assertThat(sampler.sample(logits, 0)).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> sampler.accept(1000))
        .withMessage("token must be in [0, 1000), got 1000");
  }

  @Test void copy_goesOnAlikeAndIndependently() {
    Random random = new Random(20_260_111L);
    for (Sampler sampler : List.of(Samplers.llama2c(50, 1, 0.9, 3),
        made(50, EVERYTHING), made(50, EVERYTHING + ",mirostat=3"))) {
      sampler.sample(Given.random(random, 50, 2), 0);
      sampler.accept(7);
      Sampler copy = sampler.copy();
      for (int i = 0; i < 100; i++) {
        float[] logits = Given.random(random, 50, 2);
        int token = sampler.sample(logits, 0);
        assertThat(copy.sample(logits, 0)).as("draw %d", i).isEqualTo(token);
      }
      sampler.sample(Given.random(random, 50, 2), 0); // draws a number that the copy does not miss
      float[] flat = new float[50];
      assertThat(List.of(copy.sample(flat, 0), copy.sample(flat, 0))).isNotEqualTo(
          List.of(sampler.sample(flat, 0), sampler.sample(flat, 0)));
    }
  }

  @Test void create_generator_isCopied() {
    XorShift64Star random = new XorShift64Star(9);
    PROVIDERS.create(SamplerPlan.of(), SamplerVocabulary.ofSize(50), random).sample(new float[50], 0);
    assertThat(random.nextInt()).isEqualTo(new XorShift64Star(9).nextInt());
  }

  @Test void reset_generator_goesOn() {
    Sampler sampler = Samplers.llama2c(1000, 1, 1, 5);
    float[] flat = new float[1000];
    int first = sampler.sample(flat, 0);
    sampler.reset();
    int second = sampler.sample(flat, 0);
    XorShift64Star coins = new XorShift64Star(5);
    assertThat(first).isEqualTo((int) (coins.nextFloat() * 1000));
    assertThat(second).isEqualTo((int) (coins.nextFloat() * 1000));
  }

  @Test void sample_steadyState_allocatesNothing() {
    Random random = new Random(20_260_112L);
    float[] logits = Given.random(random, 32_000, 3);
    for (Sampler sampler : List.of(Samplers.greedy(32_000), Samplers.llama2c(32_000, 1, 0.9, 3),
        Samplers.llama2c(32_000, 0.8, 1, 3),
        made(32_000, EVERYTHING), made(32_000, "temperature=0.8,mirostat"), made(32_000, "top-k=0,dry=1:last-n=64"))) {
      run(sampler, logits, 300);
      sampler.reset();
      assertThat(allocated(() -> run(sampler, logits, 100))).as("bytes of 100 tokens").isZero();
    }
  }

  private static Sampler made(int vocabSize, String text) {
    return PROVIDERS.create(PROVIDERS.plan(text), SamplerVocabulary.ofSize(vocabSize), new XorShift64Star(3));
  }

  private static void run(Sampler sampler, float[] logits, int tokens) {
    for (int i = 0; i < tokens; i++) {
      sampler.accept(sampler.sample(logits, 0));
    }
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5 && least > 0; i++) { // the JVM itself may allocate once in between
      long before = threads.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** Changes all logits, and notes the first one that it sees and how many tokens it learnt. */
  private static final class StepThatNotes implements SamplerStep {

    private interface Change {
      float of(float logit);
    }

    private final Change change;
    private float seen;
    private int accepted;

    StepThatNotes(Change change) {
      this.change = change;
    }

    @Override public void apply(Candidates candidates, SamplingContext context) {
      seen = candidates.logits()[0];
      for (int i = 0; i < candidates.size(); i++) {
        candidates.logits()[i] = change.of(candidates.logits()[i]);
      }
    }

    @Override public void accept(int token) {
      accepted++;
    }

    @Override public void reset() {
      accepted = 0;
    }

    @Override public SamplerStep copy() {
      return new StepThatNotes(change);
    }
  }
}
