package dev.cria.api.kernel;

/**
 * Which product {@link Kernel#gemm} computes.
 *
 * @param transposeA whether {@code a} is used transposed
 * @param transposeB whether {@code b} is used transposed
 * @param accumulate whether the product is added to the output
 * @since 0.1
 */
public record GemmForm(boolean transposeA, boolean transposeB, boolean accumulate) {}
