package dev.cria.api.kernel;

/**
 * How a kernel's results compare with the specification in {@code docs/NUMERICS.md}.
 *
 * @since 0.1
 */
public enum Grade {
  /** Equal to the specification, bit for bit, in every operation. */
  EXACT,
  /** Within the rounding bound of the exact result that holds for every order of summation. */
  BOUNDED
}
