package dev.cria.api.kernel;

import java.util.Objects;

/**
 * Cosines and sines of the rotary angles of every position and pair, computed once for a model.
 *
 * <p>Frequencies, scaling and their factors are all in the angles, so a kernel knows nothing of them.
 *
 * @param layout which elements make a pair
 * @param headDim elements of a head
 * @param rotaryDim how many of them rotate, from the first; even, at most {@code headDim}
 * @param positions rows of the table
 * @param cos {@code (positions, rotaryDim / 2)}, row-major
 * @param sin {@code (positions, rotaryDim / 2)}, row-major
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: megabytes, computed once
public record RopeTable(RopeLayout layout, int headDim, int rotaryDim, int positions, float[] cos, float[] sin) {

  /** Checks the shapes. */
  public RopeTable {
    Objects.requireNonNull(layout, "layout is null");
    if (rotaryDim < 2 || rotaryDim % 2 != 0 || rotaryDim > headDim) {
      throw new IllegalArgumentException(
          "rope: rotaryDim must be even and in [2, headDim " + headDim + "], got " + rotaryDim);
    }
    long size = (long) positions * (rotaryDim / 2);
    if (positions < 1 || cos.length != size || sin.length != size) {
      throw new IllegalArgumentException("rope: " + positions + " positions of " + rotaryDim / 2 + " pairs need " + size
          + " cosines and sines, got " + cos.length + " and " + sin.length);
    }
  }
}
