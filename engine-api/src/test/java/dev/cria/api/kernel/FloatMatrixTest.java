package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatMatrixTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 3, 3", "0, 1, 0, 1", "0, 2, 3, 2", "-1, 1, 1, 1", "0, 1, 13, 13", "0, 2, 6, 7", "1, 2, 6, 6",
      "12, 1, 1, 1", "0, 65536, 1, 65536", "0, -1, 3, 3"}) void matrix_outsideItsArray_isRefused(
          int offset, int rows, int cols, int stride) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FloatMatrix(new float[12], offset, rows, cols, stride))
        .withMessage("(%d, %d) with stride %d at offset %d does not fit in an array of 12", rows, cols, stride, offset);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 12, 12", "0, 12, 1, 1", "0, 3, 4, 4", "2, 2, 3, 7",
      "11, 1, 1, 100"}) void matrix_withinItsArray_isTaken(
          int offset, int rows, int cols, int stride) {
    FloatMatrix matrix = new FloatMatrix(new float[12], offset, rows, cols, stride);

    assertThat(matrix.index(rows - 1) + cols).as("end of the last row").isLessThanOrEqualTo(12);
    assertThat(matrix.shape()).isEqualTo("(" + rows + ", " + cols + ")");
  }

  @Test void index_isOffsetAndRowsTimesStride() {
    FloatMatrix matrix = new FloatMatrix(new float[100], 5, 4, 6, 10);

    assertThat(matrix.index(0)).isEqualTo(5);
    assertThat(matrix.index(3)).isEqualTo(35);
  }

  @Test void firstRows_isAViewOfThem() {
    FloatMatrix matrix = new FloatMatrix(new float[100], 5, 4, 6, 10);

    assertThat(matrix.firstRows(3)).isEqualTo(new FloatMatrix(matrix.data(), 5, 3, 6, 10));
    assertThat(matrix.firstRows(4)).isSameAs(matrix);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5}) void firstRows_moreOrLessThanThereAre_isRefused(int count) {
    FloatMatrix matrix = new FloatMatrix(new float[100], 5, 4, 6, 10); // the array would hold more rows

    assertThatIllegalArgumentException().isThrownBy(() -> matrix.firstRows(count))
        .withMessage("(4, 6) has no first %d rows", count);
  }

  @Test void split_rowsSideBySide_areCutInPlace() {
    FloatMatrix matrix = new FloatMatrix(new float[100], 5, 4, 6, 6);

    assertThat(matrix.split(3)).isEqualTo(new FloatMatrix(matrix.data(), 5, 8, 3, 3));
  }

  @Test void split_oneRowOfALongerStride_isCut() {
    FloatMatrix matrix = new FloatMatrix(new float[100], 5, 1, 6, 60);

    assertThat(matrix.split(2)).isEqualTo(new FloatMatrix(matrix.data(), 5, 3, 2, 2));
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 6", "0, 6, 6", "-3, 6, 6", "3, 6, 7"}) void split_unevenOrWithGaps_isRefused(
      int width, int cols, int stride) {
    FloatMatrix matrix = new FloatMatrix(new float[100], 0, 4, cols, stride);

    assertThatIllegalArgumentException().isThrownBy(() -> matrix.split(width))
        .withMessage("(4, %d) with stride %d cannot be split in rows of %d", cols, stride, width);
  }

  @Test void row_isTheWholeArray() {
    float[] data = new float[7];

    assertThat(FloatMatrix.row(data)).isEqualTo(new FloatMatrix(data, 0, 1, 7, 7));
  }
}
