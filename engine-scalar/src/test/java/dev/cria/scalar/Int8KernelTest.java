package dev.cria.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import dev.cria.conformance.KernelConformance;
import dev.cria.encodings.Int8Groups;
import dev.cria.encodings.Q4_0Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** llama2.c's int8 arithmetic by hand-computed vectors, and the backend of that name in the kit. */
final class Int8KernelTest extends KernelConformance {

  private static final Encoding GROUPS_OF_TWO = new Int8Groups(2);

  private final Int8Kernel kernel = new Int8Kernel(new ScalarKernel(), GROUPS_OF_TWO::equals);

  @Override protected KernelProvider provider() {
    return new Int8KernelProvider();
  }

  @Override protected List<Encoding> moreEncodings() {
    return List.of(new Int8Groups(4), new Int8Groups(64), new Q4_0Encoding());
  }

  @Test void level_halves_goAwayFromZero() {
    assertThat(Int8Matmul.level(0.5f)).isEqualTo(1);
    assertThat(Int8Matmul.level(-0.5f)).isEqualTo(-1);
    assertThat(Int8Matmul.level(2.5f)).isEqualTo(3);
    assertThat(Int8Matmul.level(-2.4999998f)).isEqualTo(-2);
    assertThat(Int8Matmul.level(0.49999997f)).as("the largest float below a half").isZero();
    assertThat(Int8Matmul.level(190f)).as("where the scale is subnormal").isEqualTo(127);
    assertThat(Int8Matmul.level(Float.NaN)).isZero();
  }

  @Test void quantise_groups_haveScalesOfTheirOwn() {
    float[] scratch = new float[Int8Matmul.scratchFloats(6)];
    Int8Matmul.quantise(new float[]{9, 127, -2.5f, 0, 0, -254, 1}, 1, 6, 2, scratch);
    int levels = Dot.SCRATCH_FLOATS;
    assertThat(scratch).startsWith(0);
    assertThat(Arrays.copyOfRange(scratch, levels, levels + 12))
        .containsExactly(127, -3, 0, 0, -127, 1, 1, 0, 2, 124, 0, -126);
  }

  /** x: levels (127, −3) of scale 1, and (1, −127) of scale 2. w: levels (2, 1) of scale 0.5, and (−1, 3) of scale 0.1f. */
  @Test void matmul_knownVectors_isTheSumOfIntegerProductsTimesBothScales() {
    float expected = 0f + 251 * 0.5f * 1f;
    expected = expected + -382 * 0.1f * 2f;

    assertThat(product(new Epilogue.None())).isEqualTo(expected);
    assertThat(product(new Epilogue.Add())).as("added to 7").isEqualTo(7 + expected);
    assertThat(product(new Epilogue.Bias(List.of(new float[]{3})))).isEqualTo(expected + 3);
  }

  @Test void matmul_gated_multipliesTheActivationOfOneByTheOther() {
    float sum = product(new Epilogue.None());
    FloatMatrix out = FloatMatrix.allocate(1, 1);
    kernel.matmul(worker(), List.of(out), FusedMatmul.gated(Gate.SILU, weights(), weights()), x());
    assertThat(out.data()[0]).isEqualTo(Exp.silu(sum) * sum);
  }

  private float product(Epilogue epilogue) {
    FloatMatrix out = FloatMatrix.allocate(1, 1);
    out.data()[0] = 7;
    kernel.matmul(worker(), List.of(out), new FusedMatmul(List.of(weights()), epilogue), x());
    return out.data()[0];
  }

  private static FloatMatrix x() {
    return new FloatMatrix(new float[]{127, -2.5f, 1, -254}, 0, 1, 4, 4);
  }

  private static WeightMatrix weights() {
    MemorySegment data = MemorySegment
        .ofArray(new byte[]{0, 0, 0, 0x3F, 2, 1, (byte) 0xCD, (byte) 0xCC, (byte) 0xCC, 0x3D, -1, 3});
    return WeightMatrix.rowMajor("w", 1, 4, GROUPS_OF_TWO, data);
  }

  private Worker worker() {
    ScratchSize size = kernel.scratch(new KernelLimits(1, 4, 1, 2, 64, 1));
    return new Alone(new float[size.workerFloats()], Arena.ofAuto().allocate(Math.max(64, size.sharedBytes()), 64));
  }

  private record Alone(float[] scratch, MemorySegment sharedScratch) implements Worker {
    @Override public int index() {
      return 0;
    }

    @Override public int count() {
      return 1;
    }

    @Override public void barrier() {}

    @Override public int draw() {
      throw new UnsupportedOperationException("the scalar kernel draws no units");
    }
  }
}
