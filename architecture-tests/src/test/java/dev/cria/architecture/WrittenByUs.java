package dev.cria.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Classes that ship and that we wrote: no tests, and nothing that JMH generates. */
final class WrittenByUs implements ImportOption {

  private final ImportOption noTests = new DoNotIncludeTests();

  @Override public boolean includes(Location location) {
    return noTests.includes(location) && !location.contains("/jmh_generated/");
  }
}
