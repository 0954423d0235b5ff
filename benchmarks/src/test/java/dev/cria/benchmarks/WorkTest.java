package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class WorkTest {

  private static final Limits LIMITS = new Limits(1, 50e9, 200e9);

  @Test void of_everyBenchmark_isKnown() {
    Set<BenchmarkListEntry> benchmarks = BenchmarkList.defaultList().getAll(
        OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
    assertThat(benchmarks).as("benchmarks of this module").hasSizeGreaterThanOrEqualTo(9);
    Map<String, String> params = Map.of("dim", "288", "product", "PLAIN", "context", "FIRST", "rows", "64", "encoding",
        "q4_0", "use", "PROMPT");
    for (BenchmarkListEntry benchmark : benchmarks) {
      assertThat(Work.of(benchmark.getUsername(), params::get).bytes()).as(benchmark.getUsername()).isPositive();
    }
  }

  @Test void of_unknownBenchmark_isRefused() {
    assertThatThrownBy(() -> Work.of("dev.cria.benchmarks.OtherBenchmark.run", Map.of("dim", "288")::get))
        .hasMessage("dev.cria.benchmarks.OtherBenchmark.run: nobody has said what its work is");
  }

  @Test void matmul_oneRow_readsWeightsOnce() {
    Work work = MatmulBenchmark.work(Shape.of(288), MatmulBenchmark.Product.PLAIN);
    assertThat(work).isEqualTo(new Work(4 * (288 * 288 + 288 + 288), 2 * 288 * 288));
    assertThat(work.isBoundByMemory(LIMITS)).isTrue();
  }

  @Test void matmul_prompt_isBoundByArithmetic() {
    Work work = MatmulBenchmark.work(Shape.of(4096), MatmulBenchmark.Product.PROMPT_GATED_SILU);
    assertThat(work.flop()).isEqualTo(2L * 64 * 4096 * 2 * 11008);
    assertThat(work.isBoundByMemory(LIMITS)).isFalse();
  }

  @Test void encoding_generation_readsThePackedWeightsOnce() {
    Work work = EncodingBenchmark.work(Shape.of(4096), "q4_0", EncodingBenchmark.Use.GENERATION);
    assertThat(work.flop()).isEqualTo(2L * 4096 * 11008);
    assertThat(work.bytes() * 8.0 / (4096 * 11008)).as("bits a weight").isBetween(5.0, 5.1);
  }

  @Test void attention_prompt_countsWhatEachRowSees() {
    Work one = AttentionBenchmark.work(Shape.of(288), AttentionBenchmark.Context.POSITION_255);
    assertThat(one).isEqualTo(new Work(4 * 2 * 288 * (256 + 1), 4 * 288 * 256));
    Work prompt = AttentionBenchmark.work(Shape.of(288), AttentionBenchmark.Context.PROMPT);
    assertThat(prompt.flop()).as("rows see 193 to 256 positions").isEqualTo(4L * 288 * 64 * (193 + 256) / 2);
  }

  @Test void share_ofMemory_isOfTheReadBandwidth() {
    Work work = new Work(1000, 10); // 20 ns at 50 GB/s
    assertThat(work.share(40, LIMITS)).isEqualTo(0.5);
    assertThat(work.reached(40, LIMITS)).isEqualTo("25.0 GB/s");
  }

  @Test void share_ofArithmetic_isOfThePeak() {
    Work work = new Work(10, 1000); // 5 ns at 200 GFLOP/s
    assertThat(work.share(20, LIMITS)).isEqualTo(0.25);
    assertThat(work.reached(20, LIMITS)).isEqualTo("50.0 GFLOP/s");
  }

  @Test void table_backendThatDidNothing_isADash() {
    CompareKernels.Operation both = new CompareKernels.Operation(new Work(1000, 10));
    both.add("scalar", 400);
    both.add("vector", 40);
    CompareKernels.Operation scalarOnly = new CompareKernels.Operation(new Work(1000, 10));
    scalarOnly.add("scalar", 400);
    CompareKernels.Operation nothing = new CompareKernels.Operation(new Work(1000, 10));
    nothing.add("scalar", 0.4);
    nothing.add("vector", 40);
    assertThat(CompareKernels.table(Map.of("nothing", nothing), LIMITS))
        .endsWith("| nothing | — | 0.04 | — | 25.0 GB/s | 50 % |\n");
    assertThat(CompareKernels.table(Map.of("both", both), LIMITS))
        .endsWith("| both | 0.40 | 0.04 | 10.0 | 25.0 GB/s | 50 % |\n");
    assertThat(CompareKernels.table(Map.of("scalar only", scalarOnly), LIMITS))
        .endsWith("| scalar only | 0.40 | — | — | — | — |\n");
  }
}
