package dev.cria.cli;

import dev.cria.api.sampling.Sampler;
import dev.cria.inference.TokenTexts;
import java.util.Optional;

/** How tokens of a conversation are chosen, as it may change while it goes on. */
final class ChatSampling {

  private SamplingChoice choice;
  private long seed;

  ChatSampling(SamplingChoice choice) {
    SamplerMaker.of(choice); // refused before the model is loaded
    this.choice = choice;
    this.seed = choice.givenSeed().orElseGet(TextRun::clock);
  }

  long seed() {
    return seed;
  }

  Sampler sampler(TokenTexts texts) {
    return SamplerMaker.of(choice).make(texts, seed);
  }

  /**
   * Changes one value, if it is sound.
   *
   * @throws UsageException if there is none of that name, or it cannot be that
   */
  Sampler change(String name, String value, TokenTexts texts) {
    ChatSampling changed = new ChatSampling(switch (name) {
      case "temperature" -> new SamplingChoice(Numbers.real(name, value, 0, Float.MAX_VALUE), choice.topP(),
          Optional.empty(), Optional.of(seed));
      case "top-p" -> new SamplingChoice(choice.temperature(), Numbers.real(name, value, 0, 1), Optional.empty(),
          Optional.of(seed));
      case "sampler" -> new SamplingChoice(choice.temperature(), choice.topP(), Optional.of(value), Optional.of(seed));
      case "seed" -> new SamplingChoice(choice.temperature(), choice.topP(), choice.sampler(),
          Optional.of(Numbers.seed(name, value)).filter(given -> given != 0));
      default -> throw new UsageException("Unknown parameter '" + name
          + "'. Available: temperature, top-p, sampler, seed, max-tokens.");
    });
    Sampler sampler = changed.sampler(texts);
    choice = changed.choice;
    seed = changed.seed;
    return sampler;
  }

  /** As /params takes it. */
  String describe() {
    return choice.sampler().map(steps -> "sampler=" + steps)
        .orElseGet(() -> "temperature=" + choice.temperature() + " top-p=" + choice.topP()) + " seed=" + seed;
  }
}
