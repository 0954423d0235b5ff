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
}
