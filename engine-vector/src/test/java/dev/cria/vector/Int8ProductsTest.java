package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import dev.cria.encodings.Q2_KEncoding;
import dev.cria.encodings.Q4_0Encoding;
import dev.cria.encodings.Q4_KEncoding;
import dev.cria.encodings.Q6_KEncoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products in which encodings that take rounded activations meet each other, and those that do not. */
class Int8ProductsTest {

  private static final int COLS = 768;

  private final VectorKernel kernel = new VectorKernel(true);

  static Stream<Arguments> shapes() {
    return Stream.of(1, 30, 64, 350).flatMap(rows -> Stream.of(1, 2, 4, 7).map(tokens -> Arguments.of(rows, tokens)));
  }

  @ParameterizedTest(name = "{0} rows by {1}")
  @MethodSource("shapes") void matmul_ofMixedEncodings_givesWhatEachGivesAlone(int rows, int tokens) {
    List<WeightMatrix> weights = List.of(encoded(new Q4_0Encoding(), rows), encoded(new Q2_KEncoding(), rows + 3),
        encoded(new Q4_KEncoding(), rows));
    Worker worker = worker(tokens);
    FloatMatrix x = x(tokens);
    List<FloatMatrix> out = new ArrayList<>();
    weights.forEach(w -> out.add(FloatMatrix.allocate(tokens, w.rows())));
    List<WeightMatrix> packed = weights.stream().map(w -> packed(worker, w)).toList();
    kernel.matmul(worker, out, FusedMatmul.of(packed.toArray(WeightMatrix[]::new)), x);
    for (int m = 0; m < weights.size(); m++) {
      FloatMatrix alone = FloatMatrix.allocate(tokens, weights.get(m).rows());
      kernel.matmul(worker, List.of(alone), FusedMatmul.of(weights.get(m)), x);
      assertThat(Numbers.bits(out.get(m).data())).as("matrix %d", m).isEqualTo(Numbers.bits(alone.data()));
    }
  }

  @ParameterizedTest(name = "{0} rows by {1}")
  @MethodSource("shapes") void matmul_gatedByAnotherEncoding_isThatOfRowsAsTheyAre(int rows, int tokens) {
    for (Encoding up : List.of(new Q4_KEncoding(), new Q6_KEncoding(), new Q4_0Encoding())) {
      WeightMatrix first = encoded(new Q4_0Encoding(), rows);
      WeightMatrix second = encoded(up, rows);
      assertThat(gated(tokens, first, second, true)).as(up.name()).isEqualTo(gated(tokens, first, second, false));
      assertThat(gated(tokens, second, first, true)).as(up.name()).isEqualTo(gated(tokens, second, first, false));
    }
  }

  @ParameterizedTest(name = "{0} rows of x")
  @ValueSource(ints = {131, 260, 515}) void matmul_ofMoreRowsThanAreRoundedAtATime_givesWhatEachGivesAlone(int tokens) {
    WeightMatrix gate = encoded(new Q4_KEncoding(), 70);
    WeightMatrix up = encoded(new Q4_0Encoding(), 70);
    Worker worker = worker(tokens);
    FusedMatmul product = FusedMatmul.gated(Gate.SILU, packed(worker, gate), packed(worker, up));
    FloatMatrix x = x(tokens);
    FloatMatrix out = FloatMatrix.allocate(tokens, 70);
    kernel.matmul(worker, List.of(out), product, x);
    for (int r = 0; r < tokens; r++) {
      FloatMatrix alone = FloatMatrix.allocate(1, 70);
      kernel.matmul(worker, List.of(alone), product, new FloatMatrix(x.data(), r * COLS, 1, COLS, COLS));
      assertThat(Numbers.bits(Arrays.copyOfRange(out.data(), r * 70, (r + 1) * 70))).as("row %d of x", r)
          .isEqualTo(Numbers.bits(alone.data()));
    }
  }

  private int[] gated(int tokens, WeightMatrix gate, WeightMatrix up, boolean prepared) {
    Worker worker = worker(tokens);
    FloatMatrix out = FloatMatrix.allocate(tokens, gate.rows());
    FusedMatmul product = prepared
        ? FusedMatmul.gated(Gate.SILU, packed(worker, gate), packed(worker, up))
        : FusedMatmul.gated(Gate.SILU, gate, up);
    kernel.matmul(worker, List.of(out), product, x(tokens));
    return Numbers.bits(out.data());
  }

  private Worker worker(int tokens) {
    return TeamMember.alone(kernel.scratch(new KernelLimits(tokens, COLS, 1, 2, 64, 1)));
  }

  private static FloatMatrix x(int tokens) {
    return new FloatMatrix(Numbers.random(tokens, tokens * COLS), 0, tokens, COLS, COLS);
  }

  private static WeightMatrix encoded(Encoding encoding, int rows) {
    MemorySegment data = Arena.ofAuto().allocate(rows * encoding.rowBytes(COLS), 64);
    encoding.encode(Numbers.random(rows, rows * COLS), 0, data, 0, rows * COLS);
    return WeightMatrix.rowMajor("w", rows, COLS, encoding, data);
  }

  private WeightMatrix packed(Worker worker, WeightMatrix in) {
    WeightLayout layout = kernel.preferredLayout(in.rows(), in.cols(), in.encoding());
    assertThat(layout).isNotEqualTo(WeightLayout.ROW_MAJOR);
    WeightMatrix out = new WeightMatrix("w", in.rows(), in.cols(), in.encoding(), layout,
        Arena.ofAuto().allocate(layout.byteSize(in.rows(), in.cols(), in.encoding()), 64));
    kernel.prepare(worker, out, in);
    return out;
  }
}
