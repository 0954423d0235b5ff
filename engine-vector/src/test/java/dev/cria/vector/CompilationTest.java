package dev.cria.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether the JVM can compile the loops with all that it counts (tier 3).
 *
 * <p>One that is too long for that, but not for less (tier 2), stays there for ever, a hundred times slower than compiled by C2: HotSpot
 * goes to C2 by way of what it counted.
 */
class CompilationTest {

  @Test void loops_ofProducts_areCompiledWithCounts() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector", "-D" + Trial.LOOPS + "=vectors",
        "-D" + VectorShapes.BITS + "=" + VectorShapes.F32.vectorBitSize(), "-XX:TieredStopAtLevel=3", "-Xbatch",
        "-XX:CompileThresholdScaling=0.02", "-XX:+PrintCompilation", "-cp", System.getProperty("java.class.path"),
        ProductsRun.class.getName()).redirectErrorStream(true).start();
    List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines).as("whether loops are compiled at all")
        .anyMatch(line -> line.contains("NarrowRow::vectorProductsWithMinimums"))
        .anyMatch(line -> line.contains("Int8Row::vectorProductsWithMinimums"))
        .anyMatch(line -> line.contains("Int8Panels::vectorFourRows"));
    assertThat(lines).filteredOn(line -> line.contains("COMPILE SKIPPED") && line.contains("virtual registers"))
        .isEmpty();
  }
}
