package dev.cria.api.kernel;

import dev.cria.api.Providers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The encodings at hand, by name. They are looked for when the first is asked for.
 *
 * <p>Readers of files take it, so that an encoding that a plugin brings is found under the name that a file's format gives it.
 * Safe for use by several threads.
 *
 * @since 0.1
 */
public final class EncodingLookup {

  private final Supplier<Providers<Encoding>> source;
  private volatile @Nullable Map<String, Encoding> found;

  private EncodingLookup(Supplier<Providers<Encoding>> source) {
    this.source = source;
  }

  /** All that a class loader sees. */
  public static EncodingLookup in(ClassLoader loader) {
    return new EncodingLookup(() -> Providers.load("encoding", Encoding.class, loader));
  }

  /** These alone. */
  public static EncodingLookup of(Encoding... encodings) {
    return new EncodingLookup(() -> Providers.of("encoding", encodings));
  }

  /** The encoding of that name, if there is one that can be used here. */
  public Optional<Encoding> named(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** The names of all that can be used here, in the order of the class path. */
  public SequencedSet<String> names() {
    return new LinkedHashMap<>(all()).sequencedKeySet();
  }

  private Map<String, Encoding> all() {
    Map<String, Encoding> known = found;
    if (known == null) {
      Map<String, Encoding> byName = new LinkedHashMap<>();
      source.get().found().stream().filter(each -> each.availability().isAvailable())
          .forEach(each -> byName.put(each.provider().name(), each.provider()));
      known = byName;
      found = byName;
    }
    return known;
  }
}
