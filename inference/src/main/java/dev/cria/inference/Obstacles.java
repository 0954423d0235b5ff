package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.RopeLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Finds what stands against running a model on a kernel, before a weight is read. */
public final class Obstacles {

  private final Checkpoint checkpoint;
  private final Kernel kernel;
  private final List<String> found = new ArrayList<>();

  private Obstacles(Checkpoint checkpoint, Kernel kernel) {
    this.checkpoint = checkpoint;
    this.kernel = kernel;
  }

  /** Each in a sentence for the user, without the model's name; none if it can be loaded. */
  public static List<String> of(Checkpoint checkpoint, Kernel kernel) {
    Obstacles obstacles = new Obstacles(checkpoint, kernel);
    obstacles.find();
    return List.copyOf(obstacles.found);
  }

  /**
   * Refuses a model that has any.
   *
   * @throws IllegalArgumentException with the first, and how many more there are
   */
  static void requireNone(Checkpoint checkpoint, Kernel kernel) {
    List<String> all = of(checkpoint, kernel);
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(checkpoint.source() + ": " + all.getFirst()
          + (all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more; cria inspect lists them)"));
    }
  }

  private void find() {
    ModelConfiguration configuration;
    try {
      configuration = checkpoint.configuration();
    } catch (CheckpointFormatException e) {
      found.add(e.path().toString().equals(checkpoint.source()) ? e.problem() : String.valueOf(e.getMessage()));
      return;
    }
    boolean tied = !checkpoint.tensors().containsKey(TensorNames.LM_HEAD);
    SequencedMap<String, ExpectedTensors.Shape> expected = ExpectedTensors.of(configuration, tied);
    findMissing(expected);
    findUnused(configuration, expected);
    expected.forEach(this::findWrongShape);
    findEncodings(expected);
    findRefusedFeatures(configuration);
  }

  private void findMissing(SequencedMap<String, ExpectedTensors.Shape> expected) {
    List<String> missing = expected.keySet().stream().filter(name -> !checkpoint.tensors().containsKey(name)).toList();
    if (!missing.isEmpty()) {
      found.add("lacks the " + tensors(missing) + "; fetch or convert it again");
    }
  }

  private void findUnused(ModelConfiguration c, SequencedMap<String, ExpectedTensors.Shape> expected) {
    List<String> unused = checkpoint.tensors().keySet().stream().filter(name -> !expected.containsKey(name)).toList();
    if (!unused.isEmpty()) {
      found.add("has the " + tensors(unused) + ", which a " + c.layers() + "-layer " + c.architecture()
          + " has no use for: it would compute something else; take another model");
    }
  }

  private void findWrongShape(String name, ExpectedTensors.Shape expected) {
    CheckpointTensor tensor = checkpoint.tensors().get(name);
    if (tensor != null && (tensor.rows() != expected.rows() || tensor.cols() != expected.cols())) {
      found.add(name + " is (" + tensor.rows() + ", " + tensor.cols() + "); the configuration asks for " + expected
          + "; fetch or convert it again");
    }
  }

  private void findEncodings(SequencedMap<String, ExpectedTensors.Shape> expected) {
    Map<Encoding, List<String>> missing = new HashMap<>();
    Map<Encoding, List<String>> notMultiplied = new HashMap<>();
    for (String name : expected.keySet()) {
      CheckpointTensor tensor = checkpoint.tensors().get(name);
      if (tensor == null) {
        continue;
      }
      if (!tensor.encoding().availability().isAvailable()) {
        missing.computeIfAbsent(tensor.encoding(), _ -> new ArrayList<>()).add(name);
      } else if (tensor.rows() > 1 && !kernel.multiplies(tensor.encoding())) {
        notMultiplied.computeIfAbsent(tensor.encoding(), _ -> new ArrayList<>()).add(name);
      }
    }
    missing.forEach((encoding, names) -> found.add("has the " + tensors(names) + " in " + encoding.name() + ". "
        + encoding.availability().reason().orElseThrow()));
    notMultiplied.forEach((encoding, names) -> found.add("has the " + tensors(names) + " in " + encoding.name()
        + ", which this backend cannot multiply; choose another with --backend"));
  }

  private void findRefusedFeatures(ModelConfiguration c) {
    require(c.rope().layout() == RopeLayout.INTERLEAVED, KernelFeature.ROPE_HALF_SPLIT);
    require(c.rope().layout() == RopeLayout.HALF_SPLIT, KernelFeature.ROPE_INTERLEAVED);
    require(!c.attention().bias(), KernelFeature.BIAS);
    require(c.attention().window() >= c.contextLength(), KernelFeature.SLIDING_WINDOW);
  }

  private void require(boolean unneeded, KernelFeature feature) {
    if (!unneeded && kernel.refused().contains(feature)) {
      found.add("needs " + feature + ", which this backend refuses; choose another with --backend");
    }
  }

  private static String tensors(List<String> names) {
    return "tensor '" + names.getFirst() + "'" + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " others");
  }
}
