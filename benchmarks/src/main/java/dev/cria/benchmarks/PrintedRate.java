package dev.cria.benchmarks;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the speed that a program says it reached: {@code achieved tok/s: 123.4}, {@code 123 tokens per second},
 * {@code (2.1 ms per token, 470.2 tokens per second)}.
 */
final class PrintedRate {

  private static final String NUMBER = "(\\d[\\d,]*(?:\\.\\d+)?)";
  private static final String UNIT = "(?:tok|tokens)[ \\t]*(?:/|per)[ \\t]*(?:s|sec|second)\\b";
  private static final Pattern RATE = Pattern.compile(
      NUMBER + "[ \\t]*" + UNIT + "|" + UNIT + "[ \\t]*[:=]?[ \\t]*" + NUMBER, Pattern.CASE_INSENSITIVE);

  private PrintedRate() {}

  /** The last rate in a text, in tokens per second; nothing if there is none or it is 0. */
  static OptionalDouble in(String text) {
    Matcher matcher = RATE.matcher(text);
    OptionalDouble last = OptionalDouble.empty();
    while (matcher.find()) {
      String number = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      last = OptionalDouble.of(Double.parseDouble(number.replace(",", "")));
    }
    return last.isPresent() && last.getAsDouble() == 0 ? OptionalDouble.empty() : last;
  }
}
