package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file: a length, then JSON that says what each tensor is and where its bytes are.
 *
 * @param tensors in the order of their bytes, which cover the rest of the file without holes
 * @param metadata text that the writer put there
 */
record SafetensorsHeader(List<Tensor> tensors, Map<String, String> metadata) {

  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int MOST_HEADER_BYTES = 32 << 20; // 100,000 tensors take half of it
  private static final String METADATA = "__metadata__";

  /**
   * One tensor.
   *
   * @param rows all dimensions but the last, together; 1 for a vector
   * @param cols the last dimension
   * @param offset in bytes from the start of the file
   */
  record Tensor(String name, SafetensorsType type, int rows, int cols, long offset, long byteSize) {}

  /**
   * Reads and checks it.
   *
   * @throws CheckpointFormatException if anything in it is not sound, or the file is too short or too long
   */
  static SafetensorsHeader read(MappedFile file) throws IOException {
    ByteBuffer head = file.head(LENGTH_BYTES);
    if (head.limit() < LENGTH_BYTES) {
      throw new CheckpointFormatException(file.path(), "has " + file.byteSize() + " bytes; a safetensors file has at"
          + " least " + LENGTH_BYTES + "; fetch it again");
    }
    long length = head.getLong(0);
    if (length < 2 || length > MOST_HEADER_BYTES || length > file.byteSize() - LENGTH_BYTES) {
      throw new CheckpointFormatException(file.path(), 0, String.format(Locale.ROOT,
          "its header claims to have %s bytes, expected 2 to %,d, in a file of %,d; it is no safetensors file, damaged or"
              + " truncated: fetch it again",
          Long.toUnsignedString(length), MOST_HEADER_BYTES, file.byteSize()));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    file.read(json, LENGTH_BYTES);
    return new Parser(file, LENGTH_BYTES + length).parse(json.flip());
  }

  private static final class Parser {

    private final MappedFile file;
    private final long dataStart;
    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Parser(MappedFile file, long dataStart) {
      this.file = file;
      this.dataStart = dataStart;
    }

    SafetensorsHeader parse(ByteBuffer json) throws IOException {
      JsonFile in = new JsonFile(file.path(), json);
      in.readMembers(name -> {
        Object value = in.value();
        if (!(value instanceof Map<?, ?> object)) {
          throw damaged("'" + name + "' is no JSON object");
        }
        if (name.equals(METADATA)) {
          addMetadata(object);
        } else {
          tensors.add(tensor(name, object));
        }
      });
      tensors.sort(Comparator.comparingLong(Tensor::offset).thenComparingLong(Tensor::byteSize));
      requireNoHoles();
      return new SafetensorsHeader(List.copyOf(tensors), Map.copyOf(metadata));
    }

    private void addMetadata(Map<?, ?> object) throws CheckpointFormatException {
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        if (!(entry.getValue() instanceof String text)) {
          throw damaged(METADATA + " has under '" + entry.getKey() + "' what is no text");
        }
        metadata.put(String.valueOf(entry.getKey()), text);
      }
    }

    private Tensor tensor(String name, Map<?, ?> object) throws CheckpointFormatException {
      if (!(object.get("dtype") instanceof String dtype)) {
        throw damaged("tensor '" + name + "' has no dtype");
      }
      SafetensorsType type = SafetensorsType.named(dtype).orElseThrow(() -> new CheckpointFormatException(file.path(),
          "tensor '" + name + "' is of the dtype '" + dtype
              + "', which is not supported; take a model in F32, F16 or BF16"));
      long[] shape = numbers(name, object, "shape");
      long[] offsets = numbers(name, object, "data_offsets");
      if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > file.byteSize() - dataStart) {
        throw damaged(
            "tensor '" + name + "' has data_offsets " + object.get("data_offsets") + ", expected two, in order,"
                + " within the " + (file.byteSize() - dataStart) + " bytes of data");
      }
      long cols = shape.length == 0 ? 1 : shape[shape.length - 1];
      long rows = 1;
      for (int i = 0; i < shape.length - 1; i++) {
        rows = Math.multiplyHigh(rows, shape[i]) == 0 ? rows * shape[i] : -1;
        requireInt(name, rows);
      }
      requireInt(name, cols);
      long byteSize = rows * cols * type.bytes();
      if (rows * cols > Long.MAX_VALUE / type.bytes() || byteSize != offsets[1] - offsets[0]) {
        throw damaged("tensor '" + name + "' of shape " + object.get("shape") + " in " + dtype + " does not take the "
            + (offsets[1] - offsets[0]) + " bytes of its data_offsets");
      }
      return new Tensor(name, type, (int) rows, (int) cols, dataStart + offsets[0], byteSize);
    }

    private void requireInt(String name, long size) throws CheckpointFormatException {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw damaged("tensor '" + name + "' is larger than any tensor can be");
      }
    }

    private long[] numbers(String name, Map<?, ?> object, String key) throws CheckpointFormatException {
      if (!(object.get(key) instanceof List<?> list)) {
        throw damaged("tensor '" + name + "' has no " + key);
      }
      long[] numbers = new long[list.size()];
      for (int i = 0; i < numbers.length; i++) {
        try {
          if (!(list.get(i) instanceof BigDecimal number) || number.scale() != 0 || number.signum() < 0) {
            throw damaged("tensor '" + name + "' has " + key + " " + list + ", expected whole numbers");
          }
          numbers[i] = number.longValueExact();
        } catch (ArithmeticException e) {
          throw damaged("tensor '" + name + "' has " + key + " " + list + ", which is out of all range");
        }
      }
      return numbers;
    }

    private void requireNoHoles() throws CheckpointFormatException {
      long end = dataStart;
      for (Tensor tensor : tensors) {
        if (tensor.offset() != end) {
          throw damaged("tensor '" + tensor.name() + "' begins at byte " + (tensor.offset() - dataStart)
              + " of the data, expected " + (end - dataStart) + ", where the one before ends");
        }
        end += tensor.byteSize();
      }
      if (end != file.byteSize()) {
        throw new CheckpointFormatException(file.path(), String.format(Locale.ROOT,
            "too long: its tensors need %,d bytes, file has %,d; fetch it again", end, file.byteSize()));
      }
    }

    private CheckpointFormatException damaged(String problem) {
      return new CheckpointFormatException(file.path(), problem + "; the file is damaged: fetch it again");
    }
  }
}
