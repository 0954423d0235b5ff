package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code top-k=40,dry=0.8:breaker=\n}: parts, separated by commas; each a name, the value of its first parameter, and other
 * parameters after colons.
 */
final class SamplerText {

  /**
   * A part.
   *
   * @param name of a step, a draw or a preset
   * @param value of its first parameter
   * @param others that were named
   */
  record Part(String name, Optional<String> value, SamplerParameters others) {}

  private final String text;
  private int at;

  private SamplerText(String text) {
    this.text = text;
  }

  /**
   * Reads all parts.
   *
   * @throws IllegalArgumentException if it is written wrongly; the message says where
   */
  static List<Part> parts(String text) {
    SamplerText reader = new SamplerText(text);
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(reader.part());
    } while (reader.skips(','));
    return parts;
  }

  private Part part() {
    String name = name("the name of a step or draw");
    Optional<String> value = skips('=') ? Optional.of(value()) : Optional.empty();
    SamplerParameters others = SamplerParameters.none();
    while (skips(':')) {
      String parameter = name("a parameter of " + name);
      if (!skips('=')) {
        throw wrong("'=' and a value for " + parameter + " of " + name);
      }
      others = others.and(parameter, value());
    }
    return new Part(name, value, others);
  }

  private String name(String what) {
    int begin = at;
    while (at < text.length() && ",:=\\".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(begin, at).strip();
    if (name.isEmpty()) {
      throw wrong(what);
    }
    return name;
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && ",:".indexOf(text.charAt(at)) < 0) {
      value.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
      at++;
    }
    return value.toString();
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', ',', ':' -> c;
      default -> throw wrong("n, t, a comma, a colon or a backslash after the backslash");
    };
  }

  private boolean skips(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("'" + text + "' at character " + (at + 1) + ": expected " + expected
        + "; it is written as in top-k=40,dry=0.8:base=2,temperature=0.8");
  }
}
