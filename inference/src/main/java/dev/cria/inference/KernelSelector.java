package dev.cria.inference;

import dev.cria.api.Availability;
import dev.cria.api.Providers;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.kernel.KernelUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses a kernel by name, or the best that can run here, and says why.
 *
 * <p>Nothing falls back silently: a backend that is named and cannot run is refused with its own reason, and the choice made
 * without a name comes with the reasons against those of higher priority.
 */
public final class KernelSelector {

  private final Providers<KernelProvider> providers;

  /** Creates a selector among those providers. */
  public KernelSelector(Providers<KernelProvider> providers) {
    this.providers = providers;
  }

  /** A selector among all kernels that a class loader sees. */
  public static KernelSelector of(ClassLoader loader) {
    return new KernelSelector(Providers.load("backend", KernelProvider.class, loader));
  }

  /** What the selector chooses from. */
  public Providers<KernelProvider> providers() {
    return providers;
  }

  /**
   * Creates the kernel of that name, or the best one available if there is no name.
   *
   * @throws dev.cria.api.UnknownProviderException if no backend has that name
   * @throws KernelUnavailableException if it cannot run here, or none can
   */
  public KernelChoice select(Optional<String> name) {
    KernelProvider provider = name.isPresent()
        ? providers.named(name.get())
        : best(Set.of())
            .orElseThrow(() -> new KernelUnavailableException(
                "No backend can run here" + reasons(Integer.MIN_VALUE) + ". Run 'cria backends' for the whole list."));
    Availability availability = availabilityOf(provider);
    if (availability.reason().isPresent()) {
      throw new KernelUnavailableException(
          "Backend '" + provider.name() + "' cannot run here: " + availability.reason().get());
    }
    String reason = name.isPresent() ? "named" : "the best available" + reasons(provider.priority());
    return new KernelChoice(provider, reason, create(provider, Set.of()));
  }

  private Kernel create(KernelProvider provider, Set<String> under) {
    Set<String> taken = new HashSet<>(under);
    taken.add(provider.name());
    return provider.create(() -> create(best(taken).orElseThrow(() -> new KernelUnavailableException(
        "Backend '" + provider.name() + "' needs another backend as its base, and none is available.")), taken));
  }

  /** Of equal priority, the first on the class path wins: {@code max} would take the last. */
  private Optional<KernelProvider> best(Set<String> taken) {
    return providers.found().stream()
        .filter(f -> f.availability().isAvailable() && !taken.contains(f.provider().name()))
        .map(Providers.Found::provider)
        .min(Comparator.comparingInt((KernelProvider p) -> p.priority()).reversed());
  }

  private Availability availabilityOf(KernelProvider provider) {
    return providers.found().stream().filter(f -> f.provider().name().equals(provider.name())).findFirst().orElseThrow()
        .availability();
  }

  private String reasons(int abovePriority) {
    List<String> reasons = new ArrayList<>();
    for (Providers.Found<KernelProvider> found : providers.found()) {
      if (found.provider().priority() > abovePriority && found.availability().reason().isPresent()) {
        String reason = found.availability().reason().get();
        String clause = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        reasons.add(found.provider().name() + " cannot run: " + clause);
      }
    }
    return reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
  }
}
