package dev.cria.api.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values by name, for one step or draw: {@code temperature=0.8}.
 *
 * @param values by name, as users write them; several for texts only
 * @since 0.1
 */
public record SamplerParameters(Map<String, List<String>> values) {

  /** Copies the map. */
  public SamplerParameters {
    TreeMap<String, List<String>> copy = new TreeMap<>();
    values.forEach((name, texts) -> copy.put(name, List.copyOf(texts)));
    values = Map.copyOf(copy);
  }

  /** No parameters. */
  public static SamplerParameters none() {
    return new SamplerParameters(Map.of());
  }

  /** One parameter. */
  public static SamplerParameters of(String name, double value) {
    return none().and(name, value);
  }

  /** Two parameters. */
  public static SamplerParameters of(String name1, double value1, String name2, double value2) {
    return of(name1, value1).and(name2, value2);
  }

  /** These and one more. */
  public SamplerParameters and(String name, double value) {
    return and(name, SamplerParameter.plain(value));
  }

  /** These and one more value, which joins those that a parameter of this name has. */
  public SamplerParameters and(String name, String value) {
    Map<String, List<String>> more = new TreeMap<>(values);
    List<String> texts = new ArrayList<>(more.getOrDefault(name, List.of()));
    texts.add(value);
    more.put(name, texts);
    return new SamplerParameters(more);
  }

  /** These, but for those that others have too, which are taken from there. */
  public SamplerParameters replacedBy(SamplerParameters others) {
    Map<String, List<String>> more = new TreeMap<>(values);
    more.putAll(others.values);
    return new SamplerParameters(more);
  }

  /**
   * The number that a parameter is.
   *
   * @throws IllegalArgumentException if it is absent or no number; never after {@link SamplerProvider#check}
   */
  public double number(String name) {
    List<String> given = values.get(name);
    if (given == null || given.size() != 1) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return Double.parseDouble(given.getFirst());
  }

  /** The texts that a parameter has, often none. */
  public List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** As {@link SamplerProvider#check} says. */
  SamplerParameters checked(String owner, List<SamplerParameter> declared) {
    for (String name : new TreeMap<>(values).keySet()) {
      if (declared.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw new IllegalArgumentException(owner + " has no parameter '" + name + "'; " + known(declared));
      }
    }
    Map<String, List<String>> all = new TreeMap<>();
    for (SamplerParameter parameter : declared) {
      all.put(parameter.name(), checked(owner, parameter));
    }
    return new SamplerParameters(all);
  }

  private List<String> checked(String owner, SamplerParameter parameter) {
    List<String> given = Optional.ofNullable(values.get(parameter.name())).orElse(parameter.standard());
    if (given.isEmpty() && !parameter.isOptional()) {
      throw new IllegalArgumentException(
          owner + ": " + parameter.name() + " is missing; it is " + parameter.range());
    }
    if (given.size() > 1 && parameter.kind() != SamplerParameter.Kind.TEXTS) {
      throw new IllegalArgumentException(owner + ": " + parameter.name() + " is given " + given.size()
          + " times; keep one");
    }
    for (String value : given) {
      if (!parameter.takes(value)) {
        throw new IllegalArgumentException(
            owner + ": " + parameter.name() + " must be " + parameter.range() + ", got '" + value + "'");
      }
    }
    return given;
  }

  private static String known(List<SamplerParameter> declared) {
    return declared.isEmpty()
        ? "it takes none"
        : "it takes " + String.join(", ", declared.stream().map(SamplerParameter::name).toList());
  }
}
