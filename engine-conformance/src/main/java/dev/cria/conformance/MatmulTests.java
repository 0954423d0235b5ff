package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.WeightMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code matmul} must do for matrices of any shape, form and encoding. */
abstract class MatmulTests extends RmsNormTests {

  private static final int COLS = 48;

  @Test void matmul_ofAnyColumns_matchesSpecification() {
    for (int cols : SIZES) {
      Samples samples = new Samples(cols);
      checkPlainAndPrepared(samples, FusedMatmul.of(samples.weights("w", 5, cols, Encodings.F32)), 2);
    }
  }

  @Test void matmul_ofAnyRows_matchesSpecification() {
    for (int rows : SIZES) {
      Samples samples = new Samples(rows);
      checkPlainAndPrepared(samples, FusedMatmul.of(samples.weights("w", rows, 24, Encodings.F32)), 2);
    }
  }

  @Test void matmul_ofAnyNumberOfTokens_matchesSpecification() {
    for (int tokens : new int[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 33}) {
      Samples samples = new Samples(tokens);
      checkPlainAndPrepared(samples, FusedMatmul.of(samples.weights("w", 67, COLS, Encodings.F32)), tokens);
    }
  }

  @Test void matmul_ofTokensWithoutGaps_matchesSpecification() {
    Samples samples = new Samples(1);
    FusedMatmul product = FusedMatmul.of(samples.weights("w", 67, COLS, Encodings.F32));
    FloatMatrix out = samples.matrix(5, 67);
    bench().check(new MatmulCase(List.of(out), product, product, samples.matrix(5, COLS)));
  }

  @Test void matmul_ofTwoMatrices_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int[] rows : new int[][]{{64, 16}, {65, 3}, {1, 207}}) {
      checkPlainAndPrepared(samples, new FusedMatmul(fused(samples, rows), new Epilogue.None()), 3);
    }
  }

  @Test void matmul_ofThreeMatrices_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int[] rows : new int[][]{{64, 16, 16}, {65, 64, 3}, {1, 17, 207}}) {
      checkPlainAndPrepared(samples, new FusedMatmul(fused(samples, rows), new Epilogue.None()), 3);
    }
  }

  @Test void matmul_withBias_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int[] rows : new int[][]{{65}, {3, 64}, {17, 8, 207}}) {
      List<float[]> biases = new ArrayList<>();
      for (int r : rows) {
        biases.add(samples.floats(r));
      }
      checkPlainAndPrepared(
          samples, new FusedMatmul(fused(samples, rows), new Epilogue.Bias(biases)), 3, KernelFeature.BIAS);
    }
  }

  @Test void matmul_addedToTheOutput_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int rows : new int[]{1, 8, 64, 67, 207}) {
      checkPlainAndPrepared(samples, FusedMatmul.adding(samples.weights("w", rows, COLS, Encodings.F32)), 3);
    }
  }

  @Test void matmul_gatedBySilu_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int rows : new int[]{1, 8, 64, 67, 207}) {
      List<WeightMatrix> w = fused(samples, rows, rows);
      checkPlainAndPrepared(samples, FusedMatmul.gated(Gate.SILU, w.getFirst(), w.getLast()), 3);
    }
  }

  @Test void matmul_gatedByGelu_matchesSpecification() {
    Samples samples = new Samples(1);
    for (int rows : new int[]{1, 8, 64, 67, 207}) {
      List<WeightMatrix> w = fused(samples, rows, rows);
      checkPlainAndPrepared(
          samples, FusedMatmul.gated(Gate.GELU, w.getFirst(), w.getLast()), 3, KernelFeature.GELU);
    }
  }

  @Test void matmul_ofPreparedAndRowMajorMatricesTogether_matchesSpecification() {
    Samples samples = new Samples(1);
    List<WeightMatrix> w = fused(samples, 65, 17, 64);
    FusedMatmul plain = new FusedMatmul(w, new Epilogue.None());
    for (int prepared = 0; prepared < 3; prepared++) {
      List<WeightMatrix> mixed = new ArrayList<>(w);
      mixed.set(prepared, bench().prepared(w.get(prepared)));
      FusedMatmul given = new FusedMatmul(mixed, new Epilogue.None());
      bench().check(MatmulCase.of(samples, given, plain, samples.strided(3, COLS)));
    }
  }

  @Test void matmul_ofAnyEncoding_multipliesOrRefuses() {
    for (Encoding encoding : encodings()) {
      Samples samples = new Samples(1);
      for (int blocks : new int[]{1, 3, Encoding.MAX_BLOCK_SIZE / encoding.blockSize() + 1}) {
        int cols = blocks * encoding.blockSize();
        for (int rows : new int[]{1, 17, 64, 67}) {
          FusedMatmul plain = FusedMatmul.of(samples.weights("w", rows, cols, encoding));
          checkEncoded(samples, plain, List.of(encoding), 2);
        }
      }
    }
  }

  @Test void matmul_ofMixedEncodings_multipliesOrRefuses() {
    for (Encoding encoding : encodings()) {
      Samples samples = new Samples(1);
      int cols = 3 * encoding.blockSize();
      WeightMatrix encoded = samples.weights("encoded", 67, cols, encoding);
      WeightMatrix other = samples.weights("other", 67, cols, Encodings.F32);
      checkEncoded(samples, FusedMatmul.of(other, encoded, other), List.of(encoding), 3);
      checkEncoded(samples, FusedMatmul.gated(Gate.SILU, encoded, other), List.of(encoding), 1);
      checkEncoded(samples, FusedMatmul.gated(Gate.SILU, other, encoded), List.of(encoding), 1);
      checkEncoded(samples, FusedMatmul.adding(encoded), List.of(encoding), 2);
    }
  }

  /** Matrices of as many rows, by the same columns. */
  static List<WeightMatrix> fused(Samples samples, int... rows) {
    List<WeightMatrix> weights = new ArrayList<>();
    for (int r : rows) {
      weights.add(samples.weights("w" + weights.size(), r, COLS, Encodings.F32));
    }
    return weights;
  }

  final void checkPlainAndPrepared(Samples samples, FusedMatmul product, int tokens, KernelFeature... needed) {
    FloatMatrix x = samples.strided(tokens, product.cols());
    bench().check(MatmulCase.of(samples, product, x), needed);
    bench().check(MatmulCase.of(samples, bench().prepared(product), product, x), needed);
  }

  private void checkEncoded(Samples samples, FusedMatmul product, List<Encoding> encodings, int tokens) {
    FloatMatrix x = samples.strided(tokens, product.cols());
    bench().checkEncoded(MatmulCase.of(samples, product, x), encodings);
    bench().checkEncoded(MatmulCase.of(samples, bench().prepared(product), product, x), encodings);
  }
}
