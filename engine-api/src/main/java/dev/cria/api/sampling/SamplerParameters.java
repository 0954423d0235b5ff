package dev.cria.api.sampling;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Numbers by name, for one step or draw: {@code temperature=0.8}.
 *
 * @param values by name
 * @since 0.1
 */
public record SamplerParameters(Map<String, Double> values) {

  /** Copies the map. */
  public SamplerParameters {
    values = Map.copyOf(values);
  }

  /** No parameters. */
  public static SamplerParameters none() {
    return new SamplerParameters(Map.of());
  }

  /** One parameter. */
  public static SamplerParameters of(String name, double value) {
    return new SamplerParameters(Map.of(name, value));
  }

  /** Two parameters. */
  public static SamplerParameters of(String name1, double value1, String name2, double value2) {
    return new SamplerParameters(Map.of(name1, value1, name2, value2));
  }

  /**
   * The value of a parameter.
   *
   * @throws IllegalArgumentException if it is absent or not in the range
   */
  public double in(String name, double least, double most) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be in [" + plain(least) + ", " + plain(most) + "], got " + plain(value));
    }
    return value;
  }

  /**
   * Refuses parameters that nobody reads.
   *
   * @throws IllegalArgumentException if there are others than the known ones
   */
  public void onlyKnown(String owner, Set<String> known) {
    for (String name : new TreeSet<>(values.keySet())) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            owner + " has no parameter '" + name + "'; it takes " + new TreeSet<>(known));
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
  }
}
