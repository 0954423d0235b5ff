package dev.cria.api;

import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All providers of one service interface that are on the class path, and those that failed to load, with the reason.
 *
 * <p>One broken plugin becomes a reported reason: it neither stops the others nor goes unnoticed.
 *
 * @param <T> the service interface
 * @since 0.1
 */
public final class Providers<T extends Provider> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  /**
   * A provider that works as a class, whether or not it is available.
   *
   * @param <T> the service interface
   * @param provider the instance
   * @param origin the jar or folder that it comes from
   * @param availability what it said when it was found
   */
  public record Found<T extends Provider>(T provider, String origin, Availability availability) {}

  /**
   * A provider that cannot be used.
   *
   * @param className the class, or the service interface where even that is unknown
   * @param origin the jar or folder that it comes from, or {@code ?}
   * @param reason why, in one line
   */
  public record Broken(String className, String origin, String reason) {}

  private final String kind;
  private final List<Found<T>> found = new ArrayList<>();
  private final List<Broken> broken = new ArrayList<>();

  private Providers(String kind) {
    this.kind = kind;
  }

  /**
   * Finds all providers of a service interface.
   *
   * @param kind what users call it, for messages: {@code backend}
   * @param service the interface
   * @param loader where to look
   */
  public static <T extends Provider> Providers<T> load(String kind, Class<T> service, ClassLoader loader) {
    Providers<T> providers = new Providers<>(kind);
    Iterator<ServiceLoader.Provider<T>> each = ServiceLoader.load(service, loader).stream().iterator();
    while (providers.addNext(each, service)) {
      // each call adds one
    }
    return providers;
  }

  /** A fixed list, for programs that find providers in another way, and for tests. */
  @SafeVarargs public static <T extends Provider> Providers<T> of(String kind, T... instances) {
    Providers<T> providers = new Providers<>(kind);
    for (T instance : instances) {
      providers.add(instance);
    }
    return providers;
  }

  /** Those that loaded, in the order of the class path. */
  public List<Found<T>> found() {
    return List.copyOf(found);
  }

  /** Those that did not. */
  public List<Broken> broken() {
    return List.copyOf(broken);
  }

  /**
   * The provider of that name, available or not.
   *
   * @throws UnknownProviderException if there is none; the message lists those there are and suggests the nearest
   */
  public T named(String name) {
    return found.stream().map(Found::provider).filter(p -> p.name().equals(name)).findFirst()
        .orElseThrow(() -> new UnknownProviderException(kind, name, names()));
  }

  /** The available provider of the highest priority, among equals the first on the class path. */
  public Optional<T> best() {
    // a stable sort keeps the order of the class path
    return found.stream().filter(f -> f.availability().isAvailable()).map(Found::provider)
        .sorted(Comparator.comparingInt((T p) -> p.priority()).reversed()).findFirst();
  }

  private List<String> names() {
    return found.stream().map(f -> f.provider().name()).sorted().toList();
  }

  /*
   * ServiceLoader throws from hasNext() too: a class file of a later JDK, or one without its superclass, is a LinkageError there.
   * In either case it has gone past the bad entry, so asking again finds the next one.
   */
  private boolean addNext(Iterator<ServiceLoader.Provider<T>> each, Class<T> service) {
    ServiceLoader.Provider<T> next;
    try {
      if (!each.hasNext()) {
        return false;
      }
      next = each.next();
    } catch (ServiceConfigurationError | LinkageError e) {
      broken.add(new Broken(service.getName(), "?", line(e)));
      return true;
    }
    try {
      add(next.get());
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      broken.add(new Broken(next.type().getName(), origin(next.type()), line(e)));
    }
    return true;
  }

  private void add(T provider) {
    String origin = origin(provider.getClass());
    String name = provider.name();
    if (name == null || !NAME.matcher(name).matches()) {
      broken.add(new Broken(provider.getClass().getName(), origin,
          "its name '" + name + "' does not match " + NAME.pattern()));
      return;
    }
    Map<String, String> taken = found.stream()
        .collect(Collectors.toMap(f -> f.provider().name(), Found::origin, (a, b) -> a, HashMap::new));
    if (taken.containsKey(name)) {
      broken.add(new Broken(provider.getClass().getName(), origin,
          String.format(Locale.ROOT, "the name '%s' is already taken by the %s in %s", name, kind, taken.get(name))));
      return;
    }
    Availability availability = Objects.requireNonNull(provider.availability(), "availability() is null");
    provider.priority(); // so that one that throws is reported here, not met when choosing
    found.add(new Found<>(provider, origin, availability));
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "?";
    }
    // not by way of java.nio.file.Path: that of a URL is none on Windows
    String path = decoded(source.getLocation());
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  private static String decoded(URL location) {
    try {
      return Objects.requireNonNullElse(location.toURI().getPath(), location.toString());
    } catch (URISyntaxException e) {
      return location.toString();
    }
  }

  private static String line(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "no message" : root.getMessage();
    return root.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("no message");
  }
}
