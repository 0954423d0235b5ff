package dev.cria.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The losses of a run: comma-separated values, a line for each step. */
final class LossLog implements AutoCloseable {

  private static final String NAMES = "step,epoch,loss,learning_rate,gradient_norm,tokens,tokens_per_second,validation_loss,"
      + "bits_per_byte";

  private final Path file;
  private final BufferedWriter out;

  /** Opens the file, and drops the lines of steps after {@code step}, which will be taken again. */
  LossLog(Path file, int step) throws IOException {
    this.file = file;
    List<String> kept = new ArrayList<>(List.of(NAMES));
    if (step > 0 && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (Character.isDigit(line.isEmpty() ? ' ' : line.charAt(0))
            && Integer.parseInt(line.split(",", 2)[0]) <= step) {
          kept.add(line);
        }
      }
    }
    Files.write(file, kept);
    out = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  void add(TrainingListener.Step s, Optional<TrainingListener.Evaluation> evaluation) throws IOException {
    String line = String.format(Locale.ROOT, "%d,%d,%.6f,%.4e,%.4f,%d,%.0f,%s%n", s.step(), s.epoch(), s.loss(),
        s.learningRate(), s.gradientNorm(), s.targets(), s.targets() * 1e9 / s.nanos(),
        evaluation.map(e -> String.format(Locale.ROOT, "%.6f,%.6f", e.loss(), e.bitsPerByte())).orElse(","));
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      throw AtomicFile.named(file, e);
    }
  }

  @Override public void close() throws IOException {
    out.close();
  }
}
