package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are part of the contract: the conformance kit expects them of every kernel. */
final class ShapesTest {

  private static final WeightMatrix W = PlainEncoding.F32.zeros("w", 8, 4);
  private static final KvView CACHE = new EmptyCache(2, 4, 64, 16);
  private static final FloatMatrix X = FloatMatrix.allocate(3, 4);

  @Test void embed_fittingArguments_areTaken() {
    assertThatNoException().isThrownBy(() -> Shapes.checkEmbed(X, W, new int[]{0, 7, 3, 99}));
  }

  @Test void embed_wrongWidth_isRefused() {
    refused(() -> Shapes.checkEmbed(FloatMatrix.allocate(3, 5), W, new int[3]),
        "embed: table is (8, 4), out is (3, 5); out must have 4 columns");
  }

  @Test void embed_preparedTable_isRefused() {
    refused(() -> Shapes.checkEmbed(X, panels("w", 8, 4), new int[3]),
        "embed: table is in panels; it must be row-major");
  }

  @Test void embed_tooFewTokens_isRefused() {
    refused(() -> Shapes.checkEmbed(X, W, new int[2]), "embed: out is (3, 4); needs 3 tokens, got 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8, Integer.MAX_VALUE}) void embed_tokenOutOfRange_isRefused(int token) {
    refused(() -> Shapes.checkEmbed(X, W, new int[]{0, token, 0}),
        "embed: token " + token + " of row 1 is not in [0, 8)");
  }

  @Test void rmsNorm_fittingArguments_areTaken() {
    assertThatNoException().isThrownBy(() -> Shapes.checkRmsNorm(X, X, new float[4], 1e-5f));
  }

  @ParameterizedTest
  @CsvSource({"2, 4", "3, 5"}) void rmsNorm_differentShapes_areRefused(int rows, int cols) {
    refused(() -> Shapes.checkRmsNorm(FloatMatrix.allocate(rows, cols), X, new float[4], 1e-5f),
        "rmsNorm: x is (3, 4), out is (" + rows + ", " + cols + "); they must have the same shape");
  }

  @Test void rmsNorm_wrongGain_isRefused() {
    refused(() -> Shapes.checkRmsNorm(X, X, new float[3], 1e-5f),
        "rmsNorm: x is (3, 4), gain is (3); gain must have 4 elements");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN}) void rmsNorm_epsilonNotPositive_isRefused(float epsilon) {
    refused(() -> Shapes.checkRmsNorm(X, X, new float[4], epsilon),
        "rmsNorm: epsilon must be positive, got " + epsilon);
  }

  @Test void matmul_fittingArguments_areTaken() {
    assertThatNoException()
        .isThrownBy(
            () -> Shapes.checkMatmul(List.of(FloatMatrix.allocate(3, 8)), FusedMatmul.gated(Gate.SILU, W, W), X));
  }

  @Test void matmul_wrongWidthOfX_isRefused() {
    refused(
        () -> Shapes.checkMatmul(List.of(FloatMatrix.allocate(3, 8)), FusedMatmul.of(W), FloatMatrix.allocate(3, 5)),
        "matmul: w is (8, 4), x is (3, 5); x must have 4 columns");
  }

  @Test void matmul_wrongNumberOfOutputs_isRefused() {
    refused(() -> Shapes.checkMatmul(List.of(FloatMatrix.allocate(3, 8)), FusedMatmul.of(W, W), X),
        "matmul: needs 2 outputs, got 1");
  }

  @ParameterizedTest
  @CsvSource({"2, 8", "3, 7"}) void matmul_wrongOutput_isRefused(int rows, int cols) {
    refused(() -> Shapes.checkMatmul(List.of(FloatMatrix.allocate(rows, cols)), FusedMatmul.of(W), X),
        "matmul: w is (8, 4), x is (3, 4), out is (" + rows + ", " + cols + "); out must be (3, 8)");
  }

  @Test void rope_fittingArguments_areTaken() {
    assertThatNoException()
        .isThrownBy(() -> Shapes.checkRope(FloatMatrix.allocate(2, 8), ropeTable(), new FixedPlacement(CACHE, 0, 5)));
  }

  @Test void rope_widthOfNoWholeHeads_isRefused() {
    refused(() -> Shapes.checkRope(FloatMatrix.allocate(1, 6), ropeTable(), new FixedPlacement(CACHE, 0)),
        "rope: x is (1, 6); its columns must be a multiple of headDim 4");
  }

  @Test void rope_otherNumberOfPlaces_isRefused() {
    refused(() -> Shapes.checkRope(X, ropeTable(), new FixedPlacement(CACHE, 0, 1)),
        "rope: got a matrix (3, 4) and places for 2 rows; they must agree");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6}) void rope_positionBeyondTheTable_isRefused(int position) {
    refused(() -> Shapes.checkRope(FloatMatrix.allocate(2, 4), ropeTable(), new FixedPlacement(CACHE, 0, position)),
        "rope: position " + position + " of row 1 is not in [0, 6)");
  }

  @Test void storeKv_fittingArguments_areTaken() {
    FloatMatrix rows = FloatMatrix.allocate(2, 8);

    assertThatNoException().isThrownBy(() -> Shapes.checkStoreKv(new FixedPlacement(CACHE, 0, 15), rows, rows));
  }

  @ParameterizedTest
  @CsvSource({"8, 4", "4, 8"}) void storeKv_wrongWidth_isRefused(int key, int value) {
    refused(() -> Shapes.checkStoreKv(
        new FixedPlacement(CACHE, 0), FloatMatrix.allocate(1, key), FloatMatrix.allocate(1, value)),
        "storeKv: the cache has 2 heads of 4, key is (1, " + key + "), value is (1, " + value
            + "); both must have 8 columns");
  }

  @Test void storeKv_otherNumberOfPlaces_isRefused() {
    FloatMatrix one = FloatMatrix.allocate(1, 8);
    FloatMatrix two = FloatMatrix.allocate(2, 8);

    refused(() -> Shapes.checkStoreKv(new FixedPlacement(CACHE, 0), two, one),
        "storeKv: got a matrix (2, 8) and places for 1 rows; they must agree");
    refused(() -> Shapes.checkStoreKv(new FixedPlacement(CACHE, 0), one, two),
        "storeKv: got a matrix (2, 8) and places for 1 rows; they must agree");
  }

  @Test void storeKv_positionBeyondTheCapacity_isRefused() {
    FloatMatrix row = FloatMatrix.allocate(1, 8);

    refused(() -> Shapes.checkStoreKv(new FixedPlacement(CACHE, 16), row, row),
        "storeKv: position 16 of row 0 is not in [0, 16)");
  }

  @Test void attention_fittingArguments_areTaken() {
    FloatMatrix rows = FloatMatrix.allocate(2, 16);

    assertThatNoException().isThrownBy(
        () -> Shapes.checkAttention(rows, rows, new FixedPlacement(CACHE, 0, 15), AttentionShape.causal(4, 2, 4)));
  }

  @Test void attention_wrongWidth_isRefused() {
    refused(() -> Shapes.checkAttention(FloatMatrix.allocate(1, 16), FloatMatrix.allocate(1, 8),
        new FixedPlacement(CACHE, 0), AttentionShape.causal(4, 2, 4)),
        "attention: 4 heads of 4, query is (1, 8), out is (1, 16); both must be (1, 16)");
  }

  @Test void attention_cacheOfOtherHeads_isRefused() {
    FloatMatrix row = FloatMatrix.allocate(1, 16);

    refused(() -> Shapes.checkAttention(row, row, new FixedPlacement(CACHE, 0), AttentionShape.causal(4, 4, 4)),
        "attention: 4 key-value heads of 4, the cache of row 0 has 2 of 4");
  }

  @Test void attention_moreThanTheCacheHolds_isRefused() {
    FloatMatrix row = FloatMatrix.allocate(1, 16);

    refused(() -> Shapes.checkAttention(row, row, new FixedPlacement(CACHE, 16), AttentionShape.causal(4, 2, 4)),
        "attention: row 0 has 17 positions, its cache holds 16");
  }

  @Test void attention_negativePosition_isRefused() {
    FloatMatrix row = FloatMatrix.allocate(1, 16);

    refused(() -> Shapes.checkAttention(row, row, new FixedPlacement(CACHE, -1), AttentionShape.causal(4, 2, 4)),
        "attention: position -1 of row 0 is not in [0, 0)");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"}) void gemm_fittingArguments_areTaken(
      boolean transposeA, boolean transposeB) {
    FloatMatrix a = transposeA ? FloatMatrix.allocate(5, 2) : FloatMatrix.allocate(2, 5);
    FloatMatrix b = transposeB ? FloatMatrix.allocate(3, 5) : FloatMatrix.allocate(5, 3);

    assertThatNoException().isThrownBy(
        () -> Shapes.checkGemm(FloatMatrix.allocate(2, 3), a, b, new GemmForm(transposeA, transposeB, false)));
  }

  @Test void gemm_innerSizesDiffer_isRefused() {
    refused(() -> Shapes.checkGemm(FloatMatrix.allocate(2, 3), FloatMatrix.allocate(2, 5), FloatMatrix.allocate(4, 3),
        new GemmForm(false, false, false)),
        "gemm: op(a) is (2, 5), op(b) is (4, 3), out is (2, 3); out must be (2, 3) and the inner sizes equal");
  }

  @Test void gemm_wrongOutput_isRefused() {
    refused(() -> Shapes.checkGemm(FloatMatrix.allocate(3, 2), FloatMatrix.allocate(5, 2), FloatMatrix.allocate(3, 5),
        new GemmForm(true, true, true)),
        "gemm: op(a) is (2, 5), op(b) is (5, 3), out is (3, 2); out must be (2, 3) and the inner sizes equal");
  }

  @Test void prepare_sameMatrix_isTaken() {
    assertThatNoException().isThrownBy(() -> Shapes.checkPrepare(panels("w", 8, 4), W, PANELS));
  }

  @Test void prepare_otherMatrixOrLayout_isRefused() {
    refused(() -> Shapes.checkPrepare(panels("w", 8, 5), W, PANELS),
        "prepare: w is (8, 4) f32 row-major, out is (8, 5) f32 panels; out must be the same matrix in layout panels");
    refused(() -> Shapes.checkPrepare(W, W, PANELS),
        "prepare: w is (8, 4) f32 row-major, out is (8, 4) f32 row-major; out must be the same matrix in layout panels");
    refused(() -> Shapes.checkPrepare(panels("w", 8, 4), panels("w", 8, 4), PANELS),
        "prepare: w is (8, 4) f32 panels, out is (8, 4) f32 panels; out must be the same matrix in layout panels");
  }

  private static final WeightLayout PANELS = new WeightLayout() {
    @Override public String name() {
      return "panels";
    }

    @Override public long byteSize(int rows, int cols, Encoding encoding) {
      return 64L * cols * Float.BYTES;
    }
  };

  private static WeightMatrix panels(String name, int rows, int cols) {
    return new WeightMatrix(name, rows, cols, PlainEncoding.F32, PANELS, MemorySegment.ofArray(new byte[256 * cols]));
  }

  private static RopeTable ropeTable() {
    return new RopeTable(RopeLayout.INTERLEAVED, 4, 4, 6, new float[12], new float[12]);
  }

  private static void refused(ThrowingCallable check, String message) {
    assertThatIllegalArgumentException().isThrownBy(check).withMessage(message);
  }
}
