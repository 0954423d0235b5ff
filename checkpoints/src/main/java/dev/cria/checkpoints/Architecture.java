package dev.cria.checkpoints;

import dev.cria.api.kernel.RopeLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The architectures that can be run, and in what they differ from Llama: as data, so that the forward pass need not know.
 *
 * <p>GGUF and Hugging Face call them by the same names. How to add one: {@code docs/ARCHITECTURES.md}.
 */
enum Architecture {
  /** Llama 1 to 3.2, Code Llama, TinyLlama, SmolLM2; in GGUF Mistral, too. */
  LLAMA(RopeLayout.INTERLEAVED, Bias.AS_THE_FILE_SAYS, false, true),
  /** Mistral, as Hugging Face names it. */
  MISTRAL(RopeLayout.INTERLEAVED, Bias.NONE, false, true),
  /** Qwen 2 and 2.5. */
  QWEN2(RopeLayout.HALF_SPLIT, Bias.ALWAYS, false, false),
  /** Qwen 3, dense. */
  QWEN3(RopeLayout.HALF_SPLIT, Bias.AS_THE_FILE_SAYS, true, false);

  /** Whether queries, keys and values have a bias. */
  enum Bias {
    NONE, ALWAYS, AS_THE_FILE_SAYS
  }

  private final RopeLayout ggufRope;
  private final Bias bias;
  private final boolean headNorm;
  private final boolean windowUnlessSwitchedOff;

  Architecture(RopeLayout ggufRope, Bias bias, boolean headNorm, boolean windowUnlessSwitchedOff) {
    this.ggufRope = ggufRope;
    this.bias = bias;
    this.headNorm = headNorm;
    this.windowUnlessSwitchedOff = windowUnlessSwitchedOff;
  }

  /** The one that files call so. */
  static Optional<Architecture> named(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(Architecture::toString).collect(Collectors.joining(", "));
  }

  /** Which elements of a head GGUF files put side by side; Hugging Face's are always half-split. */
  RopeLayout ggufRope() {
    return ggufRope;
  }

  /** Whether there is a bias, in a file that says or shows whether it has one. */
  boolean bias(boolean inTheFile) {
    return bias == Bias.ALWAYS || (bias == Bias.AS_THE_FILE_SAYS && inTheFile);
  }

  /** Whether the queries and keys of each head are normalised. */
  boolean headNorm() {
    return headNorm;
  }

  /** Whether a sliding window that a Hugging Face folder names is in use where nothing says so. */
  boolean windowUnlessSwitchedOff() {
    return windowUnlessSwitchedOff;
  }

  /** As files call it. */
  @Override public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
