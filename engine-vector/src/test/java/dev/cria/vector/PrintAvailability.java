package dev.cria.vector;

import dev.cria.api.Providers;
import dev.cria.api.kernel.KernelProvider;

/** Prints what the vector provider says, found as the engine finds it: a program for the test of the provider. */
final class PrintAvailability {

  private PrintAvailability() {}

  /** Prints the reason against it, or {@code available}. */
  public static void main(String... args) {
    System.out.println(Providers.load("backend", KernelProvider.class, PrintAvailability.class.getClassLoader())
        .named("vector").availability().reason().orElse("available"));
  }
}
