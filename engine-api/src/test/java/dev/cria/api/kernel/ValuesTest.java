package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The records that describe an operation refuse what no operation can mean. */
final class ValuesTest {

  @ParameterizedTest
  @CsvSource({"0, 1, 8", "4, 0, 8", "4, 3, 8", "2, 4, 8", "4, 2, 0",
      "-4, 2, 8"}) void attention_headsThatCannotBeGrouped_isRefused(
          int heads, int kvHeads, int headDim) {
    assertThatIllegalArgumentException().isThrownBy(() -> AttentionShape.causal(heads, kvHeads, headDim))
        .withMessage("attention: heads must be a positive multiple of kvHeads, got heads %d, kvHeads %d, headDim %d",
            heads, kvHeads, headDim);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "4, -1", "4, NaN", "4, Infinity"}) void attention_windowOrCapOutOfRange_isRefused(
      int window, float softCap) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionShape(4, 2, 8, 1, true, window, softCap))
        .withMessage("attention: window must be at least 1 and softCap finite and not negative, got %s and %s",
            window, softCap);
  }

  @Test void attention_ofLlama_isCausalUnlimitedAndScaledByTheHead() {
    assertThat(AttentionShape.causal(8, 2, 64))
        .isEqualTo(new AttentionShape(8, 2, 64, 0.125f, true, AttentionShape.UNLIMITED, 0));
  }

  @Test void attention_kvHead_isSharedByNeighbours() {
    AttentionShape shape = AttentionShape.causal(8, 2, 64);

    for (int head = 0; head < 8; head++) {
      assertThat(shape.kvHead(head)).as("head %d", head).isEqualTo(head < 4 ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "8, 3", "8, 10", "8, -2"}) void rope_dimThatCannotRotate_isRefused(int headDim, int rotaryDim) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RopeTable(RopeLayout.INTERLEAVED, headDim, rotaryDim, 2, new float[8], new float[8]))
        .withMessage("rope: rotaryDim must be even and in [2, headDim %d], got %d", headDim, rotaryDim);
  }

  @ParameterizedTest
  @CsvSource({"2, 7, 8", "2, 8, 9", "0, 0, 0", "3, 8, 8", "-1, 8, 8"}) void rope_tableOfTheWrongSize_isRefused(
      int positions, int cosines, int sines) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RopeTable(RopeLayout.HALF_SPLIT, 8, 8, positions, new float[cosines], new float[sines]))
        .withMessage("rope: %d positions of 4 pairs need %d cosines and sines, got %d and %d", positions, positions * 4,
            cosines, sines);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1, 1, 1, 1", "1, 0, 1, 1, 1, 1", "1, 1, 0, 1, 1, 1", "1, 1, 1, 0, 1, 1", "1, 1, 1, 1, 0, 1",
      "1, 1, 1, 1, 1, 0"}) void limits_belowOne_areRefused(
          int rows, int width, int heads, int headDim, int positions, int workers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KernelLimits(rows, width, heads, headDim, positions, workers))
        .withMessageStartingWith("every limit must be at least 1, got rows " + rows + ", width " + width);
  }

  @Test void scratch_max_isEnoughForEither() {
    assertThat(new ScratchSize(3, 10).max(new ScratchSize(5, 2))).isEqualTo(new ScratchSize(5, 10));
    assertThat(new ScratchSize(3, 10).max(ScratchSize.NONE)).isEqualTo(new ScratchSize(3, 10));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1"}) void scratch_negative_isRefused(int floats, long bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScratchSize(floats, bytes))
        .withMessage("scratch sizes must not be negative, got %d floats and %d bytes", floats, bytes);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "4, 0", "-1, 4"}) void weights_withoutElements_areRefused(int rows, int cols) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightMatrix.rowMajor("w", rows, cols, PlainEncoding.F32, MemorySegment.NULL))
        .withMessage("w: (%d, %d) must be at least (1, 1)", rows, cols);
  }

  @ParameterizedTest
  @CsvSource({"95", "97", "0"}) void weights_ofTheWrongSize_areRefused(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightMatrix.rowMajor("w", 3, 8, PlainEncoding.F32, MemorySegment.ofArray(new byte[bytes])))
        .withMessage("w: (3, 8) in f32, row-major, needs 96 bytes, got %d", bytes);
  }

  @Test void weights_rowThatIsNoWholeNumberOfBlocks_areRefused() {
    PlainEncoding blocks = new PlainEncoding("q9", 32, 34);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightMatrix.rowMajor("w", 1, 33, blocks, MemorySegment.ofArray(new byte[68])))
        .withMessage("q9: a row of 33 elements is no whole number of blocks of 32");
  }

  @Test void rowMajor_largeMatrix_isReckonedInLongs() {
    assertThat(WeightLayout.ROW_MAJOR.byteSize(128_256, 16_384, PlainEncoding.F32)).isEqualTo(8_405_385_216L);
  }

  @Test void kvView_headsLieOneAfterAnother_keysBeforeValues() {
    KvView view = new EmptyCache(2, 8, 64, 64);

    assertThat(view.headBytes()).isEqualTo(8 * 64 * 4);
    assertThat(view.keyOffset(0)).isZero();
    assertThat(view.valueOffset(0)).isEqualTo(view.headBytes());
    assertThat(view.keyOffset(1)).isEqualTo(2 * view.headBytes());
    assertThat(view.valueOffset(1)).isEqualTo(3 * view.headBytes());
  }

  @Test void unsupportedFeature_namesOperationAndFeature() {
    UnsupportedFeatureException refusal = new UnsupportedFeatureException("rope", KernelFeature.ROPE_HALF_SPLIT);

    assertThat(refusal).hasMessage("rope: this kernel refuses ROPE_HALF_SPLIT");
    assertThat(refusal.feature()).isEqualTo(KernelFeature.ROPE_HALF_SPLIT);
  }
}
