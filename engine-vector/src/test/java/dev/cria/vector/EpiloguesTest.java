package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** From sums to outputs, at counts around the multiples of a vector. */
class EpiloguesTest {

  private static final int ROW = 5; // first output
  private static final int AT = 7; // of the sums

  private final float[] sums = Numbers.random(1, 100);
  private final float[] otherBias = Numbers.random(2, 3);
  private final float[] bias = Numbers.random(3, 80);
  private final float[] before = Numbers.random(4, 400);

  /** Checks row 1 of a matrix whose rows have gaps, and that nothing else is written. */
  private void check(Epilogue epilogue, IntToDoubleFunction expected) {
    for (int count : Numbers.COUNTS) {
      FloatMatrix out = new FloatMatrix(before.clone(), 11, 3, 75, 90);
      Epilogues.finish(epilogue, 1, out, 1, ROW, count, sums, AT);
      float[] all = before.clone();
      for (int i = 0; i < count; i++) {
        all[out.index(1) + ROW + i] = (float) expected.applyAsDouble(i);
      }
      assertThat(Numbers.bits(out.data())).as("%s, %d outputs", epilogue, count).isEqualTo(Numbers.bits(all));
    }
  }

  @Test void finish_none_writesTheSums() {
    check(new Epilogue.None(), i -> sums[AT + i]);
  }

  @Test void finish_bias_addsThatOfTheMatrixAndRow() {
    check(new Epilogue.Bias(List.of(otherBias, bias)), i -> sums[AT + i] + bias[ROW + i]);
  }

  @Test void finish_add_addsToWhatIsThere() {
    check(new Epilogue.Add(), i -> before[11 + 90 + ROW + i] + sums[AT + i]);
  }
}
