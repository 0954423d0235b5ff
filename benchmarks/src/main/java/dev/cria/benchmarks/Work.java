package dev.cria.benchmarks;

import java.util.function.Function;

/**
 * What one call of an operation must do at least: bytes that it reads or writes, each operand counted once, and operations on
 * F32 numbers, where a fused multiply-add is two.
 */
record Work(long bytes, long flop) {

  private static final double NANOS = 1e9;

  /** The work of a benchmark of this package; {@code param} gives the values of its parameters. */
  static Work of(String benchmark, Function<String, String> param) {
    String[] names = benchmark.split("\\.", -1);
    Shape shape = Shape.of(Integer.parseInt(param.apply("dim")));
    return switch (names[names.length - 2]) {
      case "MatmulBenchmark" -> MatmulBenchmark.work(shape, MatmulBenchmark.Product.valueOf(param.apply("product")));
      case "EncodingBenchmark" -> EncodingBenchmark
          .work(shape, param.apply("encoding"), EncodingBenchmark.Use.valueOf(param.apply("use")));
      case "AttentionBenchmark" -> AttentionBenchmark
          .work(shape, AttentionBenchmark.Context.valueOf(param.apply("context")));
      case "GemmBenchmark" -> GemmBenchmark.work(shape);
      case "PrepareBenchmark" -> PrepareBenchmark.work(shape);
      case "RowBenchmark" -> RowBenchmark.work(names[names.length - 1], shape, Integer.parseInt(param.apply("rows")));
      default -> throw new IllegalArgumentException(benchmark + ": nobody has said what its work is");
    };
  }

  /** The work on that many F32 numbers that are read or written, with so many operations. */
  static Work onFloats(long floats, long flop) {
    return new Work(floats * Float.BYTES, flop);
  }

  /** The product {@code (rows, inner)} by {@code (inner, cols)}. */
  static Work ofProduct(long rows, long inner, long cols) {
    return onFloats(rows * inner + inner * cols + rows * cols, 2 * rows * inner * cols);
  }

  /** Whether moving the bytes would take longer, at the limits of the machine, than the arithmetic. */
  boolean isBoundByMemory(Limits limits) {
    return bytes / limits.bytesPerSecond() >= flop / limits.flopPerSecond();
  }

  /** The rate that a call of so many nanoseconds reaches, of what bounds it. */
  String reached(double nanos, Limits limits) {
    boolean memory = isBoundByMemory(limits);
    double rate = (memory ? bytes : flop) * NANOS / nanos;
    return MarkdownTable.cell(memory ? "%.1f GB/s" : "%.1f GFLOP/s", rate / 1e9);
  }

  /** The share of the limit that bounds it which a call of so many nanoseconds reaches; more than 1 where caches help. */
  double share(double nanos, Limits limits) {
    double least = Math.max(bytes / limits.bytesPerSecond(), flop / limits.flopPerSecond());
    return least * NANOS / nanos;
  }
}
