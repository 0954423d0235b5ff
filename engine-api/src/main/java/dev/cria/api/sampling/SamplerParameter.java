package dev.cria.api.sampling;

import java.util.List;

/**
 * What a step or draw takes: a number in a range, or texts.
 *
 * @param name as users write it: {@code threshold}
 * @param kind what its values are
 * @param least a number is not below it
 * @param most a number is not above it
 * @param standard what it is where users do not say; empty means that they must, or, for texts, none
 * @param meaning what it does, in a few words
 * @since 0.1
 */
public record SamplerParameter(
    String name, Kind kind, double least, double most, List<String> standard, String meaning) {

  /** What values are. */
  public enum Kind {
    /** One number. */
    REAL,
    /** One whole number. */
    WHOLE,
    /** Any number of texts. */
    TEXTS
  }

  /** Copies the list. */
  public SamplerParameter {
    standard = List.copyOf(standard);
  }

  /** A number that users must give. */
  public static SamplerParameter real(String name, double least, double most, String meaning) {
    return new SamplerParameter(name, Kind.REAL, least, most, List.of(), meaning);
  }

  /** A whole number that users must give. */
  public static SamplerParameter whole(String name, int least, int most, String meaning) {
    return new SamplerParameter(name, Kind.WHOLE, least, most, List.of(), meaning);
  }

  /** Texts, none of them where users give none. */
  public static SamplerParameter texts(String name, String meaning) {
    return new SamplerParameter(name, Kind.TEXTS, 0, 0, List.of(), meaning);
  }

  /** The same, with a number that it is where users do not say. */
  public SamplerParameter or(double value) {
    return or(plain(value));
  }

  /** The same, with texts that it has where users do not say. */
  public SamplerParameter or(String... values) {
    return new SamplerParameter(name, kind, least, most, List.of(values), meaning);
  }

  /** Whether it may be left out. */
  public boolean isOptional() {
    return kind == Kind.TEXTS || !standard.isEmpty();
  }

  /** The range as users read it: {@code in [0, 1]}. */
  public String range() {
    return switch (kind) {
      case REAL -> "a number in [" + plain(least) + ", " + plain(most) + "]";
      case WHOLE -> "a whole number in [" + plain(least) + ", " + plain(most) + "]";
      case TEXTS -> "text";
    };
  }

  /** Whether it takes this. */
  boolean takes(String value) {
    return switch (kind) {
      case TEXTS -> true;
      case WHOLE -> value.matches("[+-]?[0-9]{1,15}") && isInRange(value);
      case REAL -> value.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?") && isInRange(value);
    };
  }

  private boolean isInRange(String value) {
    double number = Double.parseDouble(value);
    return number >= least && number <= most;
  }

  /** As users write it: a whole number without a fraction. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
