package dev.cria.conformance;

import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;

/** One decoded row of a row-major matrix; a buffer that is read into again and again. */
final class WeightRow {

  private int cols;
  private int groupSize;
  private boolean scaled;
  private boolean hasMinimum;
  private boolean roundsActivations;
  /** {@code (cols,)} levels, then scales, then minimums; or longer. */
  private float[] values = {};

  /** Decodes a row, to be multiplied by activations as they are; {@code w} must be row-major. */
  WeightRow read(WeightMatrix w, int row) {
    return read(w, row, false);
  }

  /** Decodes a row; {@code w} must be row-major. */
  WeightRow read(WeightMatrix w, int row, boolean roundsActivations) {
    this.roundsActivations = roundsActivations;
    if (!w.layout().equals(WeightLayout.ROW_MAJOR)) {
      throw new IllegalArgumentException(w.name() + " is " + w.layout().name() + "; the oracle takes row-major alone");
    }
    cols = w.cols();
    if (values.length < 3 * cols) {
      values = new float[3 * cols];
    }
    long start = row * w.encoding().rowBytes(cols);
    if (w.encoding() instanceof ScaledEncoding encoding) {
      scaled = true;
      groupSize = encoding.groupSize();
      hasMinimum = encoding.hasMinimum();
      encoding.decodeGroups(w.data(), start, values, 0, cols);
    } else {
      scaled = false;
      groupSize = cols;
      hasMinimum = false;
      w.encoding().decode(w.data(), start, values, 0, cols);
    }
    return this;
  }

  int cols() {
    return cols;
  }

  boolean scaled() {
    return scaled;
  }

  boolean hasMinimum() {
    return hasMinimum;
  }

  /** Whether it is multiplied by activations rounded to int8. */
  boolean roundsActivations() {
    return roundsActivations;
  }

  int groupSize() {
    return groupSize;
  }

  int groups() {
    return cols / groupSize;
  }

  float level(int k) {
    return values[k];
  }

  float scale(int group) {
    return scaled ? values[cols + group] : 1;
  }

  float minimum(int group) {
    return hasMinimum ? values[cols + groups() + group] : 0;
  }
}
