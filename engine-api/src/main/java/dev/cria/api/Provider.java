package dev.cria.api;

/**
 * Offers one implementation of a service interface under a name.
 *
 * <p>Found by {@link java.util.ServiceLoader}, so an implementation is a public class with a public constructor without
 * parameters, listed in {@code META-INF/services}. It <b>must load on any JVM</b>: it names no type that may be missing
 * (an incubator module, a driver) in its fields, signatures or superclasses. What needs such a type is a second class,
 * named only after {@link #availability()} has been asked.
 *
 * @since 0.1
 */
public interface Provider {

  /**
   * The name that users write, as in {@code --backend NAME}.
   *
   * @return never null; matches {@code [a-z0-9][a-z0-9._-]*}, at most 40 characters, unique among the providers of one
   *     service interface
   */
  String name();

  /**
   * Whether this JVM and machine can run it.
   *
   * <p>Cheap, without side effects, and never throws for a missing feature. The default says that it always can.
   *
   * @return never null
   */
  default Availability availability() {
    return Availability.available();
  }

  /**
   * Which of several available providers is taken when the user names none: the highest wins, and among equals the one
   * that comes first on the class path. The default is 0.
   */
  default int priority() {
    return 0;
  }
}
