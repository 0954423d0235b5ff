package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.AttentionShape;
import dev.cria.checkpoints.CheckpointSummary;
import dev.cria.inference.MemoryEstimate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A model file in words and numbers. */
final class Inspection {

  private static final Pattern LATER_LAYER = Pattern.compile("model\\.layers\\.[1-9][0-9]*\\..*");

  private final Checkpoint checkpoint;
  private final int width;

  Inspection(Checkpoint checkpoint, int width) {
    this.checkpoint = checkpoint;
    this.width = width;
  }

  /**
   * All there is to say.
   *
   * @param obstacles what keeps it from running, in sentences
   * @param memory what it needs, if it can be told
   */
  String describe(List<String> obstacles, Optional<MemoryEstimate> memory, String backend, boolean allTensors) {
    return checkpoint.source() + ": " + checkpoint.format() + ", " + bytes(checkpoint.byteSize()) + "\n"
        + section("Configuration") + configuration()
        + section("Weights") + weights()
        + section("Vocabulary") + vocabulary()
        + (checkpoint.metadata().isEmpty() ? "" : section("Metadata") + metadata())
        + section("Running it on the backend " + backend) + running(obstacles)
        + memory.map(estimate -> section("Memory on the backend " + backend) + memory(estimate)).orElse("")
        + section("Tensors") + tensors(allTensors);
  }

  private String configuration() {
    ModelConfiguration c;
    try {
      c = checkpoint.configuration();
    } catch (CheckpointFormatException e) {
      return "  none that this version can run\n";
    }
    Table table = new Table(width);
    table.row("  architecture", c.architecture());
    table.row("  dim", number(c.dim()));
    table.row("  hiddenDim", number(c.hiddenDim()));
    table.row("  layers", number(c.layers()));
    table.row("  heads", number(c.heads()));
    table.row("  kvHeads", number(c.kvHeads()));
    table.row("  headDim", number(c.headDim()));
    table.row("  vocabSize", number(c.vocabSize()));
    table.row("  contextLength", number(c.contextLength()));
    table.row("  normEpsilon", Float.toString(c.normEpsilon()));
    table.row("  rope", rope(c));
    ModelConfiguration.Attention attention = c.attention();
    if (attention.window() != AttentionShape.UNLIMITED) {
      table.row("  window", number(attention.window()) + " positions");
    }
    if (attention.bias()) {
      table.row("  bias", "of queries, keys and values");
    }
    if (attention.headNorm()) {
      table.row("  norms", "of the queries and keys of each head");
    }
    return table.render();
  }

  private static String rope(ModelConfiguration c) {
    List<Double> divisors = c.rope().divisors();
    return c.rope().layout().name().toLowerCase(Locale.ROOT) + ", theta " + c.rope().theta() + ", rotates "
        + c.rope().rotaryDim() + " of " + c.headDim() + (divisors.isEmpty()
            ? ""
            : ", divided by " + Collections.min(divisors).floatValue() + " to "
                + Collections.max(divisors).floatValue());
  }

  private static String running(List<String> obstacles) {
    return obstacles.isEmpty()
        ? "  nothing stands in the way\n"
        : obstacles.stream().map(obstacle -> "  cannot run: " + Terminal.printable(obstacle) + "\n")
            .collect(Collectors.joining());
  }

  private String weights() {
    CheckpointSummary summary = CheckpointSummary.of(checkpoint);
    Table table = new Table(width);
    table.row("  parameters", number(summary.parameters()));
    summary.bytesByEncoding()
        .forEach(
            (encoding, size) -> table.row("  in " + encoding, bytes(size) + " in " + count(encoding) + " tensors"));
    table.row("  classifier", summary.sharedClassifier() ? "shared with the token embedding" : "a matrix of its own");
    return table.render();
  }

  private String vocabulary() {
    if (checkpoint.vocabulary().isEmpty()) {
      return "  none in the file; it comes in a tokenizer.bin\n";
    }
    Vocabulary vocabulary = checkpoint.vocabulary().get();
    Map<Vocabulary.Kind, Integer> kinds = new TreeMap<>();
    vocabulary.pieces().forEach(piece -> kinds.merge(piece.kind(), 1, Integer::sum));
    Table table = new Table(width);
    table.row("  algorithm", vocabulary.model().name().toLowerCase(Locale.ROOT));
    table.row("  pieces", number(vocabulary.pieces().size()));
    kinds.forEach((kind, pieces) -> table.row("    " + kind.name().toLowerCase(Locale.ROOT), number(pieces)));
    if (!vocabulary.merges().isEmpty()) {
      table.row("  merges", number(vocabulary.merges().size()));
    }
    table.row("  unknown", id(vocabulary.special().unknown()));
    table.row("  bos", id(vocabulary.special().bos()));
    table.row("  eos", id(vocabulary.special().eos()));
    if (!vocabulary.special().ends().isEmpty()) {
      table.row("  also end", vocabulary.special().ends().stream().sorted().map(id -> "token " + id)
          .collect(Collectors.joining(", ")));
    }
    return table.render();
  }

  private String metadata() {
    Table table = new Table(width);
    checkpoint.metadata().forEach((key, value) -> table.row("  " + key, value.strip().replaceAll("\\s+", " ")));
    return table.render();
  }

  private String memory(MemoryEstimate memory) {
    Table table = new Table(width);
    table.row("  weights, mapped", bytes(memory.mappedWeights()));
    table.row("  weights, packed", bytes(memory.packedWeights()));
    table.row("  keys and values", bytes(memory.kvCache()) + " for a full context");
    table.row("  activations", bytes(memory.activations()));
    table.row("  together", bytes(memory.total()) + ", and the JVM itself");
    return table.render();
  }

  private String tensors(boolean all) {
    Table table = new Table(width);
    int left = 0;
    for (CheckpointTensor tensor : checkpoint.tensors().values()) {
      if (!all && LATER_LAYER.matcher(tensor.name()).matches()) {
        left++;
        continue;
      }
      table.row("  " + tensor.name(), "(" + tensor.rows() + ", " + tensor.cols() + ")", tensor.encoding().name(),
          number(tensor.byteSize()));
    }
    return table.render()
        + (left == 0 ? "" : "  and " + left + " more in the other layers; --tensors lists them\n");
  }

  private long count(String encoding) {
    return checkpoint.tensors().values().stream().filter(tensor -> tensor.encoding().name().equals(encoding)).count();
  }

  private static String section(String title) {
    return "\n" + title + "\n";
  }

  private static String id(OptionalInt id) {
    return id.isPresent() ? "token " + id.getAsInt() : "none";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String bytes(long value) {
    return number(value) + " bytes" + (value < 1000 ? "" : " (" + ByteSize.of(value) + ")");
  }
}
