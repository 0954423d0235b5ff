package dev.cria.checkpoints;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A value in the metadata of a GGUF file. */
sealed interface GgufValue {

  /** How many elements of an array are shown. */
  int SHOWN = 4;

  /** As messages call it. */
  String type();

  /** As text for people; long ones shortened. */
  String text();

  /** A whole number of any width; of the unsigned ones only uint64 can be beyond a long, and then looks negative. */
  record Whole(GgufType kind, long value) implements GgufValue {
    @Override public String type() {
      return kind.toString();
    }

    @Override public String text() {
      return kind == GgufType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /** A number of float32, which is exact as a double, or float64. */
  record Real(GgufType kind, double value) implements GgufValue {
    @Override public String type() {
      return kind.toString();
    }

    @Override public String text() {
      return kind == GgufType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }
  }

  /** True or false. */
  record Flag(boolean value) implements GgufValue {
    @Override public String type() {
      return GgufType.BOOL.toString();
    }

    @Override public String text() {
      return Boolean.toString(value);
    }
  }

  /** Text. */
  record Text(String value) implements GgufValue {
    @Override public String type() {
      return GgufType.STRING.toString();
    }

    @Override public String text() {
      return value;
    }
  }

  /** An array of whole numbers, as flags 0 or 1. */
  @SuppressWarnings("ArrayRecordComponent") // as long as a vocabulary
  record Wholes(GgufType elements, long[] values) implements GgufValue {
    @Override public String type() {
      return "array of " + elements;
    }

    @Override public String text() {
      return GgufValue.shorten(values.length,
          Arrays.stream(values, 0, Math.min(SHOWN, values.length)).mapToObj(Long::toString).toList());
    }
  }

  /** An array of numbers of float32 or float64. */
  @SuppressWarnings("ArrayRecordComponent") // as long as a vocabulary
  record Reals(GgufType elements, float[] values) implements GgufValue {
    @Override public String type() {
      return "array of " + elements;
    }

    @Override public String text() {
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < Math.min(SHOWN, values.length); i++) {
        shown.add(Float.toString(values[i]));
      }
      return GgufValue.shorten(values.length, shown);
    }
  }

  /** An array of texts. */
  record Texts(List<String> values) implements GgufValue {
    @Override public String type() {
      return "array of " + GgufType.STRING;
    }

    @Override public String text() {
      return GgufValue.shorten(values.size(), values.subList(0, Math.min(SHOWN, values.size())));
    }
  }

  private static String shorten(int size, List<String> first) {
    String shown = first.stream().collect(Collectors.joining(", ", "[", ""));
    return size > first.size() ? shown + ", …] (" + size + ")" : shown + "]";
  }
}
