package dev.cria.inference;

import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelProvider;

/**
 * A kernel that was chosen.
 *
 * @param provider who offers it
 * @param reason why it was chosen: {@code named}, or {@code the best available} and what spoke against better ones
 * @param kernel ready to use
 */
public record KernelChoice(KernelProvider provider, String reason, Kernel kernel) {

  /** Its name, as in {@code --backend}. */
  public String name() {
    return provider.name();
  }
}
