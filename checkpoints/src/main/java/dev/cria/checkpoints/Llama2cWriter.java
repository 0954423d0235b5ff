package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.encodings.Int8Groups;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the tensors of one checkpoint as llama2.c's files have them, a few rows at a time.
 *
 * @param checkpoint with the formulas of llama2.c
 * @param format for messages
 * @param header the sizes
 */
record Llama2cWriter(Checkpoint checkpoint, String format, Llama2cHeader header) {

  private static final int CHUNK = 1 << 16; // elements

  /**
   * Prepares to write.
   *
   * @throws IllegalArgumentException if no file of llama2.c can express the checkpoint
   */
  static Llama2cWriter of(Checkpoint checkpoint, String format) throws CheckpointFormatException {
    ModelConfiguration model = checkpoint.configuration();
    Llama2cHeader header = Llama2cHeader.of(model, !checkpoint.tensors().containsKey(TensorNames.LM_HEAD));
    Llama2cWriter writer = new Llama2cWriter(checkpoint, format, header);
    writer.requireFormulas(model);
    header.problem().ifPresent(problem -> writer.require(false, problem.text(), "a header like that"));
    return writer;
  }

  /**
   * Checks that the tensors are these, no more and no less.
   *
   * @throws IllegalArgumentException if they are not
   */
  void requireTensors(List<Llama2cPart> parts) {
    Set<String> extra = new LinkedHashSet<>(checkpoint.tensors().keySet());
    for (Llama2cPart part : parts) {
      extra.remove(part.name());
      CheckpointTensor tensor = checkpoint.tensors().get(part.name());
      if (tensor == null) {
        throw new IllegalArgumentException(
            checkpoint.source() + ": has no tensor '" + part.name() + "', which " + format + " needs");
      }
      require(tensor.rows() == part.rows() && tensor.cols() == part.cols(),
          part.name() + " (" + tensor.rows() + ", " + tensor.cols() + ")",
          "(" + part.rows() + ", " + part.cols() + ")");
    }
    require(extra.isEmpty(), "tensors " + extra, "the tensors of a plain Llama model");
  }

  /** The values of a tensor, as F32. */
  void writeFloats(WritableByteChannel out, Llama2cPart part) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      for (Rows rows = new Rows(checkpoint.tensor(part.name()).map(arena), 1); rows.next();) {
        writeFloats(out, rows.values, rows.count);
      }
    }
  }

  /**
   * All levels of a tensor, then all its scales.
   *
   * @param group elements that share a scale; divides the elements of the tensor
   */
  void writeInt8(WritableByteChannel out, Llama2cPart part, int group) throws IOException {
    Encoding encoding = new Int8Groups(group);
    ByteBuffer scales = littleEndian(part.elements() / group * Float.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      WeightMatrix matrix = checkpoint.tensor(part.name()).map(arena);
      boolean asItIs = matrix.encoding().name().equals(encoding.name());
      for (Rows rows = new Rows(matrix, group); rows.next();) {
        byte[] blocks = new byte[Math.toIntExact(encoding.rowBytes(rows.count))];
        MemorySegment encoded = MemorySegment.ofArray(blocks);
        if (asItIs) { // the same levels again: decoded and encoded, others might do as well
          encoded.copyFrom(matrix.data().asSlice(rows.offset, blocks.length));
        } else {
          encoding.encode(rows.values, 0, encoded, 0, rows.count);
        }
        ByteBuffer levels = ByteBuffer.allocate(rows.count);
        for (int block = 0; block < blocks.length; block += encoding.blockBytes()) {
          scales.put(blocks, block, Float.BYTES);
          levels.put(blocks, block + Float.BYTES, group);
        }
        CompleteFile.writeAll(out, levels.flip());
      }
    }
    CompleteFile.writeAll(out, scales.flip());
  }

  static void writeFloats(WritableByteChannel out, float[] values, int count) throws IOException {
    ByteBuffer bytes = littleEndian((long) count * Float.BYTES);
    bytes.asFloatBuffer().put(values, 0, count);
    CompleteFile.writeAll(out, bytes);
  }

  private static ByteBuffer littleEndian(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireFormulas(ModelConfiguration model) {
    require(model.architecture().equals("llama"), "architecture " + model.architecture(), "llama");
    require(model.headDim() * (long) model.heads() == model.dim(),
        model.heads() + " heads of " + model.headDim() + " elements in dim " + model.dim(), "dim / heads");
    require(model.normEpsilon() == Llama2cHeader.NORM_EPSILON, "norm epsilon " + model.normEpsilon(),
        Float.toString(Llama2cHeader.NORM_EPSILON));
    ModelConfiguration.Rope rope = model.rope();
    require(rope.theta() == Llama2cHeader.ROPE_THETA, "rope theta " + rope.theta(),
        Double.toString(Llama2cHeader.ROPE_THETA));
    require(rope.layout() == RopeLayout.INTERLEAVED, "rope layout " + rope.layout(), RopeLayout.INTERLEAVED.name());
    require(rope.divisors().isEmpty(), "scaled rope frequencies", "plain ones");
    require(model.attention().equals(ModelConfiguration.Attention.PLAIN), model.attention().toString(),
        "plain attention");
    require(rope.rotaryDim() == model.headDim(),
        "a rotation of " + rope.rotaryDim() + " of the " + model.headDim() + " elements of a head", "all of them");
  }

  private void require(boolean holds, String got, String only) {
    if (!holds) {
      throw new IllegalArgumentException(checkpoint.source() + ": " + format + " cannot express " + got + ", only "
          + only + "; choose another format");
    }
  }

  /** Goes over a matrix, some whole rows at a time. */
  private static final class Rows {

    private final WeightMatrix matrix;
    private final int step;
    private final float[] values;
    private int row;
    private int count;
    private long offset; // of their first byte

    /** Rows at a time so that their elements are a multiple of that number. */
    Rows(WeightMatrix matrix, int multiple) {
      this.matrix = matrix;
      int least = 1;
      while ((long) least * matrix.cols() % multiple != 0) {
        least++;
      }
      int most = Math.max(least, CHUNK / matrix.cols() / least * least);
      this.step = Math.min(most, matrix.rows());
      this.values = new float[Math.multiplyExact(step, matrix.cols())];
    }

    boolean next() {
      if (row == matrix.rows()) {
        return false;
      }
      int rows = Math.min(step, matrix.rows() - row);
      count = rows * matrix.cols();
      offset = row * matrix.encoding().rowBytes(matrix.cols());
      matrix.encoding().decode(matrix.data(), offset, values, 0, count);
      row += rows;
      return true;
    }
  }
}
