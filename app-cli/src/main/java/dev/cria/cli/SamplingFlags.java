package dev.cria.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say how tokens are chosen. */
@Command(optionListHeading = "%nThe choice of words:%n")
final class SamplingFlags {

  private static final float TEMPERATURE = 1;
  private static final float TOP_P = 0.9f;

  @Option(names = {"-t", "--temperature"}, paramLabel = "T", description = {
      "0 takes the likeliest token every time; the higher, the more surprising. Default: 1.0."}) private @Nullable String temperature;

  @Option(names = {"-p", "--top-p"}, paramLabel = "P", description = {
      "Choose among the likeliest tokens whose probabilities add up to P, in [0, 1]. 0 or 1: among all. Default: 0.9."}) private @Nullable String topP;

  @Option(names = {"-s", "--seed"}, paramLabel = "SEED", description = {
      "64-bit number; the same seed gives the same text. Default: 0, the time."}) private @Nullable String seed;

  @Option(names = "--sampler", paramLabel = "STEPS", description = {
      "Steps in their order, in place of -t and -p: top-k=40,min-p=0.05,temperature=0.8; or llama.cpp for its steps and defaults. 'cria samplers' lists them."}) private @Nullable String sampler;

  /**
   * The values, checked.
   *
   * @param positional the temperature after the checkpoint, if it stands there
   */
  SamplingChoice read(@Nullable String positional) {
    if (positional != null && temperature != null) {
      throw new UsageException("The temperature is given twice, as '" + positional + "' after the checkpoint and as '"
          + temperature + "' by option; keep one.");
    }
    if (sampler != null && (positional != null || temperature != null || topP != null)) {
      throw new UsageException("--sampler takes the place of " + (topP != null ? "-p" : "-t")
          + "; say it there, as in --sampler top-p=0.9,temperature=0.8.");
    }
    String chosen = positional != null ? positional : temperature;
    return new SamplingChoice(
        chosen == null ? TEMPERATURE : Numbers.real("The temperature (-t)", chosen, 0, Float.MAX_VALUE),
        topP == null ? TOP_P : Numbers.real("Top-p (-p)", topP, 0, 1), Optional.ofNullable(sampler),
        Optional.ofNullable(seed).map(text -> Numbers.seed("The seed (-s)", text)).filter(value -> value != 0));
  }
}
