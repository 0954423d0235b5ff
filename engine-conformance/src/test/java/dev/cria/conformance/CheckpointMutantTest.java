package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.checkpoint.CheckpointFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit for checkpoint formats must find every fault of the toy, by the tests that are meant for it. */
final class CheckpointMutantTest {

  private static final MutantLedger LEDGER = MutantLedger.read("checkpoint-mutants.txt");

  /** Runs in the engine within the test. */
  static final class Subject extends CheckpointFormatConformance {
    private static ToyFormat.Fault fault = ToyFormat.Fault.NONE;

    @Override protected CheckpointFormat format() {
      return new ToyFormat(fault);
    }

    @Override protected void writeSample(Path target) throws IOException {
      ByteBuffer file = ByteBuffer.allocate(ToyFormat.HEADER + 4 * (6 * 8 + 8)).order(ByteOrder.LITTLE_ENDIAN);
      file.put("TOYMODEL".getBytes(StandardCharsets.US_ASCII)).putInt(6).putInt(8);
      for (int i = 0; file.hasRemaining(); i++) {
        file.putFloat(i / 3f);
      }
      Files.write(target, file.array());
    }
  }

  @ParameterizedTest
  @EnumSource
  void format_withOneFaultOrNone_failsTheTestsMeantForIt(ToyFormat.Fault fault) {
    Subject.fault = fault;
    KitRun run = KitRun.of(Subject.class);
    LEDGER.found("format " + fault, run.failed());
    assertThat(run.failed()).as("tests that fail for '%s'", fault).isEqualTo(LEDGER.meant("format " + fault));
  }

  @AfterAll
  static void printTable() throws IOException {
    LEDGER.print("checkpoint-mutants.md");
  }
}
