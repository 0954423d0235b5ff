package dev.cria.conformance;

/**
 * The exact values of an output and how far each may be off, row after row.
 *
 * @param exact computed in binary64
 * @param bound never negative
 */
record Expected(double[] exact, double[] bound) {

  Expected(int size) {
    this(new double[size], new double[size]);
  }

  void set(int index, double value, double error) {
    exact[index] = value;
    bound[index] = error;
  }

  /** Makes sure that a case asks for something: that some value is a number, with a bound that is one. */
  void requireMeaning() {
    for (int i = 0; i < exact.length; i++) {
      if (Double.isFinite(exact[i]) && Double.isFinite(bound[i])) {
        return;
      }
    }
    throw new IllegalStateException("a case of the kit itself asks for nothing but NaN or infinity");
  }
}
