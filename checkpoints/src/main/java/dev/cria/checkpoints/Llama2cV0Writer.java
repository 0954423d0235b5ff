package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Writes one checkpoint as a llama2.c file of version 0, a few rows at a time. */
final class Llama2cV0Writer {

  private static final int CHUNK = 1 << 16; // elements

  private final Checkpoint checkpoint;
  private final Llama2cHeader header;
  private final Llama2cV0Layout layout;

  private Llama2cV0Writer(Checkpoint checkpoint, Llama2cHeader header, Llama2cV0Layout layout) {
    this.checkpoint = checkpoint;
    this.header = header;
    this.layout = layout;
  }

  /**
   * Prepares to write.
   *
   * @throws IllegalArgumentException if the format cannot express the checkpoint
   */
  static Llama2cV0Writer of(Checkpoint checkpoint) throws CheckpointFormatException {
    ModelConfiguration model = checkpoint.configuration();
    requireFormulas(checkpoint, model);
    boolean shared = !checkpoint.tensors().containsKey(TensorNames.LM_HEAD);
    Llama2cHeader header = Llama2cHeader.of(model, shared);
    header.problem().ifPresent(problem -> require(false, checkpoint, problem.text(), "a header like that"));
    Llama2cV0Layout layout = Llama2cV0Layout.of(model, shared);
    requireTensors(checkpoint, layout);
    return new Llama2cV0Writer(checkpoint, header, layout);
  }

  void write(Path target) throws IOException {
    CompleteFile.write(target, out -> {
      ByteBuffer head = ByteBuffer.allocate(Llama2cHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.write(head);
      CompleteFile.writeAll(out, head.flip());
      boolean tablesWritten = false;
      for (Llama2cV0Layout.Part part : layout.parts()) {
        if (part.offset() > layout.tablesOffset() && !tablesWritten) {
          writeTables(out);
          tablesWritten = true;
        }
        writeTensor(out, checkpoint.tensor(part.name()));
      }
      if (!tablesWritten) {
        writeTables(out);
      }
    });
  }

  private static void writeTensor(WritableByteChannel out, CheckpointTensor tensor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      WeightMatrix matrix = tensor.map(arena);
      int step = Math.clamp(CHUNK / matrix.cols(), 1, matrix.rows());
      float[] values = new float[Math.multiplyExact(step, matrix.cols())];
      long rowBytes = matrix.encoding().rowBytes(matrix.cols());
      for (int row = 0; row < matrix.rows(); row += step) {
        int count = Math.min(step, matrix.rows() - row) * matrix.cols();
        matrix.encoding().decode(matrix.data(), row * rowBytes, values, 0, count);
        writeFloats(out, values, count);
      }
    }
  }

  /** Cosines of all positions, then sines: {@code (contextLength, headDim / 2)} each, of no use to any reader of today. */
  private void writeTables(WritableByteChannel out) throws IOException {
    ModelConfiguration model = checkpoint.configuration();
    float[] row = new float[model.headDim() / 2];
    for (boolean cosines : new boolean[]{true, false}) {
      for (int position = 0; position < model.contextLength(); position++) {
        for (int pair = 0; pair < row.length; pair++) {
          double angle = position / StrictMath.pow(Llama2cHeader.ROPE_THETA, 2.0 * pair / model.headDim());
          row[pair] = (float) (cosines ? StrictMath.cos(angle) : StrictMath.sin(angle));
        }
        writeFloats(out, row, row.length);
      }
    }
  }

  private static void writeFloats(WritableByteChannel out, float[] values, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, 0, count);
    CompleteFile.writeAll(out, bytes);
  }

  private static void requireFormulas(Checkpoint checkpoint, ModelConfiguration model) {
    require(model.architecture().equals("llama"), checkpoint, "architecture " + model.architecture(), "llama");
    require(model.headDim() * (long) model.heads() == model.dim(), checkpoint,
        model.heads() + " heads of " + model.headDim() + " elements in dim " + model.dim(), "dim / heads");
    require(model.normEpsilon() == Llama2cHeader.NORM_EPSILON, checkpoint, "norm epsilon " + model.normEpsilon(),
        Float.toString(Llama2cHeader.NORM_EPSILON));
    ModelConfiguration.Rope rope = model.rope();
    require(rope.theta() == Llama2cHeader.ROPE_THETA, checkpoint, "rope theta " + rope.theta(),
        Double.toString(Llama2cHeader.ROPE_THETA));
    require(rope.layout() == RopeLayout.INTERLEAVED, checkpoint, "rope layout " + rope.layout(),
        RopeLayout.INTERLEAVED.name());
    require(rope.divisors().isEmpty(), checkpoint, "scaled rope frequencies", "plain ones");
    require(model.attention().equals(ModelConfiguration.Attention.PLAIN), checkpoint, model.attention().toString(),
        "plain attention");
    require(rope.rotaryDim() == model.headDim(), checkpoint,
        "a rotation of " + rope.rotaryDim() + " of the " + model.headDim() + " elements of a head", "all of them");
  }

  private static void requireTensors(Checkpoint checkpoint, Llama2cV0Layout layout) {
    Set<String> extra = new LinkedHashSet<>(checkpoint.tensors().keySet());
    for (Llama2cV0Layout.Part part : layout.parts()) {
      extra.remove(part.name());
      CheckpointTensor tensor = checkpoint.tensors().get(part.name());
      if (tensor == null) {
        throw new IllegalArgumentException(checkpoint.source() + ": has no tensor '" + part.name() + "', which "
            + Llama2cV0Format.NAME + " needs");
      }
      require(tensor.rows() == part.rows() && tensor.cols() == part.cols(), checkpoint,
          part.name() + " (" + tensor.rows() + ", " + tensor.cols() + ")",
          "(" + part.rows() + ", " + part.cols() + ")");
    }
    require(extra.isEmpty(), checkpoint, "tensors " + extra, "the tensors of a plain Llama model");
  }

  private static void require(boolean holds, Checkpoint checkpoint, String got, String only) {
    if (!holds) {
      throw new IllegalArgumentException(checkpoint.source() + ": " + Llama2cV0Format.NAME + " cannot express " + got
          + ", only " + only + "; choose another format");
    }
  }
}
