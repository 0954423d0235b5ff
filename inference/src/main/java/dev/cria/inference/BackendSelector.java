package dev.cria.inference;

import dev.cria.api.Availability;
import dev.cria.api.Provider;
import dev.cria.api.Providers;
import dev.cria.api.UnknownProviderException;
import dev.cria.api.executor.ModelExecutorProvider;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

/**
 * Chooses a backend by name among kernels and model executors, or the best kernel where none is named.
 *
 * <p>Executors are experimental: one runs only if it is named. A kernel of the same name hides it.
 */
public final class BackendSelector {

  private final KernelSelector kernels;
  private final Providers<ModelExecutorProvider> executors;
  private final Providers<Encoding> encodings;

  /** Creates a selector among those providers. */
  public BackendSelector(KernelSelector kernels, Providers<ModelExecutorProvider> executors,
      Providers<Encoding> encodings) {
    this.kernels = kernels;
    this.executors = executors;
    this.encodings = encodings;
  }

  /** A selector among all backends that a class loader sees. */
  public static BackendSelector of(ClassLoader loader) {
    return new BackendSelector(KernelSelector.of(loader),
        Providers.load("backend", ModelExecutorProvider.class, loader),
        Providers.load("encoding", Encoding.class, loader));
  }

  /** Chooses among kernels alone. */
  public KernelSelector kernels() {
    return kernels;
  }

  /** The executors that can be named. */
  public Providers<ModelExecutorProvider> executors() {
    return executors;
  }

  /** How keys and values are kept. */
  public Encoding cacheEncoding() {
    return encodings.named(Encoding.F32);
  }

  /**
   * The backend of that name, or the best.
   *
   * @throws UnknownProviderException if there is none of that name
   * @throws KernelUnavailableException if it cannot run here, or none can
   */
  public Backend select(Optional<String> name) {
    if (name.isPresent() && !has(kernels.providers(), name.get())) {
      return executor(name.get());
    }
    KernelChoice choice = kernel(name);
    Encoding cache = cacheEncoding();
    return new Backend(choice.name(), choice.reason(),
        (checkpoint, options) -> ForwardPass.load(checkpoint, choice.kernel(), cache, options));
  }

  /** The kernel of that name, or the best; one that fails to start is reported like one that cannot run. */
  public KernelChoice kernel(Optional<String> name) {
    try {
      return kernels.select(name);
    } catch (UnknownProviderException | KernelUnavailableException e) {
      throw e;
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      throw new KernelUnavailableException("Backend " + name.or(this::best).map(n -> "'" + n + "' ").orElse("")
          + "failed to start: " + e + ". Choose another with --backend, or take its jar off the class path.", e);
    }
  }

  private Optional<String> best() {
    return kernels.providers().best().map(Provider::name);
  }

  private Backend executor(String name) {
    if (!has(executors, name)) {
      List<String> names = Stream.concat(names(kernels.providers()), names(executors)).distinct().sorted().toList();
      throw new UnknownProviderException("backend", name, names);
    }
    Providers.Found<ModelExecutorProvider> found = executors.found().stream()
        .filter(f -> f.provider().name().equals(name)).findFirst().orElseThrow();
    Availability availability = found.availability();
    if (availability.reason().isPresent()) {
      throw new KernelUnavailableException("Backend '" + name + "' cannot run here: " + availability.reason().get());
    }
    return new Backend(name, "named", found.provider()::open);
  }

  private static boolean has(Providers<?> providers, String name) {
    return names(providers).anyMatch(name::equals);
  }

  private static Stream<String> names(Providers<?> providers) {
    return providers.found().stream().map(found -> found.provider().name());
  }
}
