package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.checkpoints.SyntheticCheckpoint;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One order for every sum: whatever computes, and in whatever portions, the logits are the same bits. */
final class ForwardPassTest {

  /** Grouped heads, widths that are no multiple of any vector, and a context of more than two blocks of positions. */
  private static final ModelConfiguration MODEL = new ModelConfiguration("llama", 144, 512, 3, 6, 2, 24, 77, 150, 1e-5f,
      new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10000, 24)); // one row is worth sharing

  private static final int ROWS = 140; // more than two blocks of positions
  private static final ClassLoader LOADER = ForwardPassTest.class.getClassLoader();

  private static ForwardPass load(String backend, int maxRows, int threads) throws IOException {
    Encoding f32 = Providers.load("encoding", Encoding.class, LOADER).named(Encoding.F32);
    try (Checkpoint checkpoint = SyntheticCheckpoint.of(MODEL, true, 20_261_124L)) {
      return ForwardPass.load(checkpoint, KernelSelector.of(LOADER).select(Optional.of(backend)).kernel(), f32,
          new ExecutorOptions(maxRows, MODEL.contextLength(), threads));
    }
  }

  private static int token(int position) {
    return (position * 31 + 7) % MODEL.vocabSize();
  }

  /** The bits of the logits at every position, run in batches of that many rows. */
  private static int[][] logits(ForwardPass pass, int batchRows) {
    int[][] all = new int[ROWS][];
    Batch batch = new Batch(batchRows);
    try (SequenceState sequence = pass.newSequence(MODEL.contextLength())) {
      for (int from = 0; from < ROWS; from += batchRows) {
        int rows = Math.min(batchRows, ROWS - from);
        batch.clear();
        for (int row = 0; row < rows; row++) {
          batch.add(sequence, from + row, token(from + row), true);
        }
        FloatMatrix logits = FloatMatrix.allocate(rows, MODEL.vocabSize());
        pass.forward(batch, logits);
        for (int row = 0; row < rows; row++) {
          all[from + row] = bits(logits, row);
        }
      }
    }
    return all;
  }

  private static int[] bits(FloatMatrix logits, int row) {
    int[] bits = new int[logits.cols()];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(logits.data()[logits.index(row) + i]));
    return bits;
  }

  private static Stream<Arguments> backendsBatchesThreads() {
    return TestBackends.names().stream().flatMap(backend -> Stream.of(1, 5, ROWS)
        .flatMap(rows -> Stream.of(1, 2, 4).map(threads -> Arguments.of(backend, rows, threads))));
  }

  @ParameterizedTest(name = "{0}, batches of {1}, {2} threads")
  @MethodSource("backendsBatchesThreads") void forward_anyBackendBatchAndTeam_givesTheSameBits(String backend,
      int batchRows, int threads) throws IOException {
    int[][] expected;
    try (ForwardPass reference = load(TestBackends.names().getFirst(), 1, 1)) {
      expected = logits(reference, 1);
    }
    try (ForwardPass pass = load(backend, batchRows, threads)) {
      int[][] actual = logits(pass, batchRows);
      for (int row = 0; row < ROWS; row++) {
        assertThat(actual[row]).as("logits at position %d", row).isEqualTo(expected[row]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends") void forward_rowsOfSeveralSequences_areThoseOfEachAlone(String backend) throws IOException {
    try (ForwardPass pass = load(backend, 8, 2)) {
      int[][] alone = logits(pass, 1);
      try (SequenceState one = pass.newSequence(20); SequenceState two = pass.newSequence(20)) {
        Batch batch = new Batch(8);
        batch.add(one, 0, token(0), false);
        batch.add(one, 1, token(1), false);
        batch.add(one, 2, token(2), true);
        batch.add(two, 0, token(0), true);
        batch.add(two, 1, token(1), true);
        FloatMatrix logits = FloatMatrix.allocate(3, MODEL.vocabSize());
        pass.forward(batch, logits);

        assertThat(bits(logits, 0)).as("first sequence, position 2").isEqualTo(alone[2]);
        assertThat(bits(logits, 1)).as("second sequence, position 0").isEqualTo(alone[0]);
        assertThat(bits(logits, 2)).as("second sequence, position 1").isEqualTo(alone[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends") void forward_afterTruncate_goesOnFromThere(String backend) throws IOException {
    try (ForwardPass pass = load(backend, 1, 1); SequenceState sequence = pass.newSequence(20)) {
      int[][] alone = logits(pass, 1);
      Batch batch = new Batch(1);
      FloatMatrix logits = FloatMatrix.allocate(1, MODEL.vocabSize());
      for (int position : new int[]{0, 1, 2, 3, -1, 2}) {
        if (position < 0) {
          sequence.truncate(2);
          continue;
        }
        batch.clear();
        batch.add(sequence, position, token(position), true);
        pass.forward(batch, logits);
        assertThat(bits(logits, 0)).as("position %d", position).isEqualTo(alone[position]);
      }
    }
  }

  private static Stream<String> backends() {
    return TestBackends.names().stream();
  }

  @Test void forward_badBatches_areRefusedBeforeAnythingIsStored() throws IOException {
    try (ForwardPass pass = load(TestBackends.names().getFirst(), 4, 1); SequenceState sequence = pass.newSequence(3)) {
      FloatMatrix logits = FloatMatrix.allocate(1, MODEL.vocabSize());
      Batch batch = new Batch(4);
      assertThatIllegalArgumentException().isThrownBy(() -> pass.forward(batch, logits))
          .withMessage("a batch has 1 to 4 rows, got 0");

      batch.add(sequence, 1, 5, true);
      assertThatIllegalArgumentException().isThrownBy(() -> pass.forward(batch, logits))
          .withMessage("row 0 is at position 1; its sequence goes on at position 0");

      batch.clear();
      batch.add(sequence, 0, MODEL.vocabSize(), true);
      assertThatIllegalArgumentException().isThrownBy(() -> pass.forward(batch, logits))
          .withMessage("embed: token 77 of row 0 is not in [0, 77)");
      assertThat(sequence.length()).isZero();

      batch.clear();
      for (int position = 0; position < 4; position++) {
        batch.add(sequence, position, 5, false);
      }
      assertThatIllegalArgumentException().isThrownBy(() -> pass.forward(batch, logits))
          .withMessage("row 3 is at position 3; its sequence has room for 3");
      assertThat(sequence.length()).isZero();

      batch.clear();
      batch.add(sequence, 0, 5, true);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pass.forward(batch, FloatMatrix.allocate(2, MODEL.vocabSize())))
          .withMessage("logits are (2, 77); 1 rows want them, so they must be (1, 77)");
    }
  }

  @Test void newSequence_beyondTheExecutor_isRefused() throws IOException {
    try (ForwardPass pass = load(TestBackends.names().getFirst(), 1, 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> pass.newSequence(151).close())
          .withMessage("a sequence has room for 1 to 150 positions, got 151");
    }
  }
}
