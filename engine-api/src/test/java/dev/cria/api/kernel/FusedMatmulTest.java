package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FusedMatmulTest {

  private static final WeightMatrix Q = PlainEncoding.F32.zeros("q", 8, 4);
  private static final WeightMatrix K = PlainEncoding.F32.zeros("k", 2, 4);
  private static final WeightMatrix WIDE = PlainEncoding.F32.zeros("wide", 8, 5);

  @ParameterizedTest
  @ValueSource(ints = {0, 4}) void product_ofNoneOrFour_isRefused(int count) {
    List<WeightMatrix> weights = Collections.nCopies(count, Q);

    assertThatIllegalArgumentException().isThrownBy(() -> new FusedMatmul(weights, new Epilogue.None()))
        .withMessage("matmul: takes one to three matrices, got %d", count);
  }

  @Test void product_differentColumns_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FusedMatmul.of(Q, WIDE))
        .withMessage("matmul: wide is (8, 5), q is (8, 4); fused matrices must have the same columns");
  }

  @Test void product_differentRowsAndEncodings_isTaken() {
    WeightMatrix half = new PlainEncoding("f16", 1, 2).zeros("v", 2, 4);
    FusedMatmul product = FusedMatmul.of(Q, K, half);

    assertThat(product.cols()).isEqualTo(4);
    assertThat(product.outputs()).isEqualTo(3);
  }

  @Test void product_listChangedLater_keepsItsOwn() {
    List<WeightMatrix> weights = new ArrayList<>(List.of(Q));
    FusedMatmul product = new FusedMatmul(weights, new Epilogue.None());
    weights.add(K);

    assertThat(product.weights()).containsExactly(Q);
  }

  @Test void adding_oneMatrix_isTaken_twoAreRefused() {
    assertThat(FusedMatmul.adding(Q).outputs()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new FusedMatmul(List.of(Q, K), new Epilogue.Add()))
        .withMessage("matmul: adding takes one matrix, got 2");
  }

  @Test void gated_twoOfOneShape_haveOneOutput() {
    assertThat(FusedMatmul.gated(Gate.SILU, Q, Q).outputs()).isEqualTo(1);
  }

  @Test void gated_differentRowsOrNumber_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FusedMatmul.gated(Gate.GELU, Q, K))
        .withMessage("matmul: gating takes two matrices of the same shape, got [(8, 4), (2, 4)]");
    assertThatIllegalArgumentException().isThrownBy(() -> new FusedMatmul(List.of(Q), new Epilogue.Gated(Gate.SILU)))
        .withMessage("matmul: gating takes two matrices of the same shape, got [(8, 4)]");
  }

  @Test void bias_onePerRow_isTaken_othersAreRefused() {
    assertThat(new FusedMatmul(List.of(Q, K), new Epilogue.Bias(List.of(new float[8], new float[2]))).outputs())
        .isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FusedMatmul(List.of(Q, K), new Epilogue.Bias(List.of(new float[8]))))
        .withMessage("matmul: 2 matrices need as many biases, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FusedMatmul(List.of(Q, K), new Epilogue.Bias(List.of(new float[8], new float[8]))))
        .withMessage("matmul: k is (2, 4), its bias has 8 elements; one per row is needed");
  }
}
