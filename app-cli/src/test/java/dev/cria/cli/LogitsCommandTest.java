package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogitsCommandTest {

  @TempDir Path folder;
  private Path model;
  private Path out;
  private int vocabSize;

  @BeforeEach void write() throws Exception {
    model = TestModel.writeModel(folder);
    out = folder.resolve("logits.f32");
    vocabSize = Math.abs(ByteBuffer.wrap(Files.readAllBytes(model)).order(ByteOrder.LITTLE_ENDIAN).getInt(20));
  }

  @Test void logits_anyBackendThreadsAndBatch_haveTheSameBytes() throws Exception {
    byte[] expected = {};
    for (String backend : TestBackends.names()) {
      for (int threads : new int[]{1, 2, 4}) {
        for (int batch : new int[]{1, 2, 5, 100}) {
          var run = cria("logits", model, "--tokens", "1,300,2,260,299", "--out", out, "--backend", backend,
              "--threads",
              threads, "--batch", batch);
          assertThat(run.exit()).as(run.err()).isZero();
          assertThat(run.message()).isEqualTo("backend: " + backend + " (named), threads: " + threads + ", logits: (5, "
              + vocabSize + "), tokens at a time: " + Math.min(batch, 5));
          byte[] bytes = Files.readAllBytes(out);
          assertThat(bytes).hasSize(5 * vocabSize * Float.BYTES);
          expected = expected.length == 0 ? bytes : expected;
          assertThat(bytes).as("%s, %d threads, batch %d", backend, threads, batch).isEqualTo(expected);
        }
      }
    }
    assertThat(ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(0)).isFinite();
  }

  @Test void logits_tokensFromFile_areTheSameAsGiven() throws Exception {
    ByteBuffer ids = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(300).putInt(2);
    Path file = Files.write(folder.resolve("tokens.i32"), ids.array());
    assertThat(cria("logits", model, "--tokens-file", file, "--out", out).exit()).isZero();
    byte[] fromFile = Files.readAllBytes(out);
    assertThat(cria("logits", model, "--tokens", "1,300,2", "--out", "-").bytes()).isEqualTo(fromFile);
    Files.write(file, new byte[]{1, 2, 3});
    assertThat(cria("logits", model, "--tokens-file", file, "--out", out).message()).isEqualTo("cria: " + file
        + ": has 3 bytes; token ids are int32 of 4 bytes each, so it must be a multiple of 4");
  }

  @Test void logits_wrongTokens_leaveTheFileAsItWas() throws Exception {
    Files.writeString(out, "as it was");
    var unknown = cria("logits", model, "--tokens", "1," + vocabSize, "--out", out);
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.message())
        .isEqualTo("cria: Token " + vocabSize + " (number 2 of 2) is not in the vocabulary: ids"
            + " are in [0, " + vocabSize + ").");
    var many = cria("logits", model, "--tokens", "1,".repeat(257), "--out", out);
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.message()).isEqualTo("cria: There are 257 tokens, but the context of " + model
        + " has 256 positions.");
    assertThat(out).hasContent("as it was");
    assertNothingElseIn(folder);
  }

  @Test void logits_out_isReplacedWholeAndNothingIsLeftBehind() throws Exception {
    Files.writeString(out, "as it was");
    assertThat(cria("logits", model, "--tokens", "1", "--out", out).exit()).isZero();
    assertThat(out).hasSize((long) vocabSize * Float.BYTES);
    assertNothingElseIn(folder);
  }

  private void assertNothingElseIn(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      assertThat(files).containsExactlyInAnyOrder(model, out);
    }
  }

  @Test void logits_outThatCannotBe_isRefusedBeforeAnythingRuns() throws Exception {
    byte[] before = Files.readAllBytes(model);
    assertThat(cria("logits", model, "--tokens", "1", "--out", model).message())
        .isEqualTo("cria: --out " + model + " is the model itself; name another file.");
    assertThat(model).hasBinaryContent(before);
    Path nowhere = folder.resolve("no/such/logits.f32");
    var run = cria("logits", model, "--tokens", "1", "--out", nowhere);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message()).isEqualTo("cria: " + nowhere + ": no such folder to write to; create it first");
  }
}
