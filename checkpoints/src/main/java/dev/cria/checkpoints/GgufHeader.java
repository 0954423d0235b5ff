package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * All of a GGUF file but the data of its tensors.
 *
 * @param dataStart where the data begins, in bytes from the start of the file
 */
record GgufHeader(GgufMetadata metadata, List<GgufTensor> tensors, long dataStart) {

  /** What a file begins with: GGUF. */
  static final int MAGIC = 0x46554747;

  private static final String ALIGNMENT = "general.alignment";
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final long MOST_HEADER_BYTES = 1L << 28; // the largest vocabularies take 16 MB
  private static final int MOST_TEXT_BYTES = 1 << 24;
  private static final int MOST_KEY_BYTES = (1 << 16) - 1; // the format's own limit
  private static final int MOST_NAME_BYTES = 63; // ggml's
  private static final int MOST_ELEMENTS = 1 << 24;
  private static final int LEAST_VALUE_BYTES = 8 + 1 + 4 + 1;
  private static final int LEAST_TENSOR_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

  /**
   * Reads and checks it.
   *
   * @throws CheckpointFormatException if anything in it is not sound, or the file is too short
   */
  static GgufHeader read(MappedFile file) throws IOException {
    return new Parser(file).parse();
  }

  private static final class Parser {

    private final MappedFile file;
    private final FileCursor in;

    Parser(MappedFile file) {
      this.file = file;
      this.in = new FileCursor(file);
    }

    GgufHeader parse() throws IOException {
      if (in.nextInt("\"GGUF\"") != MAGIC) {
        throw in.problem(0, "is no GGUF file: it does not start with \"GGUF\"");
      }
      checkVersion(in.nextInt("the version"));
      long tensors = count("tensors", LEAST_TENSOR_BYTES);
      long values = count("keys", LEAST_VALUE_BYTES);
      GgufMetadata metadata = metadata(values);
      long alignment = alignment(metadata);
      List<GgufTensor> infos = tensors(tensors, alignment);
      long dataStart = Math.ceilDiv(in.position(), alignment) * alignment;
      if (!infos.isEmpty()) {
        checkLength(infos.getLast(), dataStart);
      }
      return new GgufHeader(metadata, infos, dataStart);
    }

    private void checkVersion(int version) throws IOException {
      if (version == 2 || version == 3) {
        return;
      }
      throw in.problem(4, "is GGUF of version %s; versions 2 and 3 are read: %s", Integer.toUnsignedString(version),
          version != 0 && (version & 0xffff) == 0
              ? "it is in the wrong byte order, fetch one for little-endian machines"
              : version == 1 ? "convert the model again" : "fetch the model in one of these");
    }

    private long count(String what, int leastBytes) throws IOException {
      long count = in.nextLong("the number of " + what);
      if (count < 0 || count > in.remaining() / leastBytes) {
        throw in.problem(in.position() - Long.BYTES,
            "claims to have %s %s, which %,d bytes cannot hold; the file is damaged or truncated: fetch it again",
            Long.toUnsignedString(count), what, file.byteSize());
      }
      return count;
    }

    private GgufMetadata metadata(long count) throws IOException {
      SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
      for (long i = 0; i < count; i++) {
        long start = in.position();
        String key = in.nextText("key " + i, MOST_KEY_BYTES);
        if (key.isEmpty()) {
          throw in.problem(start, "key %d is empty; the file is damaged", i);
        }
        GgufValue value = value(key, type(key));
        if (values.put(key, value) != null) {
          throw in.problem(start, "key %s is there twice; the file is damaged", quoted(key));
        }
        if (in.position() > MOST_HEADER_BYTES) {
          throw in.problem(start, "metadata of more than %,d bytes; the file is damaged", MOST_HEADER_BYTES);
        }
      }
      return new GgufMetadata(file.path(), values);
    }

    private GgufType type(String key) throws IOException {
      int number = in.nextInt("the type of " + quoted(key));
      Optional<GgufType> type = GgufType.of(number);
      return type.orElseThrow(() -> in.problem(in.position() - Integer.BYTES,
          "%s is of type %s; types are 0 to 12; the file is damaged", quoted(key), Integer.toUnsignedString(number)));
    }

    private GgufValue value(String key, GgufType type) throws IOException {
      return switch (type) {
        case STRING -> new GgufValue.Text(in.nextText(quoted(key), MOST_TEXT_BYTES));
        case BOOL -> new GgufValue.Flag(in.nextByte(quoted(key)) != 0);
        case FLOAT32, FLOAT64 -> new GgufValue.Real(type, real(key, type));
        case ARRAY -> array(key, type(key));
        default -> new GgufValue.Whole(type, whole(key, type));
      };
    }

    private GgufValue array(String key, GgufType elements) throws IOException {
      if (elements == GgufType.ARRAY) {
        throw in.problem(in.position() - Integer.BYTES, "%s is an array of arrays, which is not supported",
            quoted(key));
      }
      long count = in.nextLong("the size of " + quoted(key));
      if (count < 0 || count > Math.min(MOST_ELEMENTS, in.remaining() / elements.leastBytes())) {
        throw in.problem(in.position() - Long.BYTES,
            "%s claims to have %s elements, which the %,d bytes that are left cannot hold or no model needs;"
                + " the file is damaged or truncated: fetch it again",
            quoted(key), Long.toUnsignedString(count), in.remaining());
      }
      return switch (elements) {
        case STRING -> new GgufValue.Texts(texts(key, (int) count));
        case FLOAT32, FLOAT64 -> new GgufValue.Reals(elements, reals(key, elements, (int) count));
        default -> new GgufValue.Wholes(elements, wholes(key, elements, (int) count));
      };
    }

    private List<String> texts(String key, int count) throws IOException {
      String[] texts = new String[count];
      for (int i = 0; i < count; i++) {
        texts[i] = in.nextText("an element of " + quoted(key), MOST_TEXT_BYTES);
      }
      return Arrays.asList(texts);
    }

    private float[] reals(String key, GgufType type, int count) throws IOException {
      float[] reals = new float[count];
      for (int i = 0; i < count; i++) {
        reals[i] = (float) real(key, type);
      }
      return reals;
    }

    private long[] wholes(String key, GgufType type, int count) throws IOException {
      long[] wholes = new long[count];
      for (int i = 0; i < count; i++) {
        wholes[i] = whole(key, type);
      }
      return wholes;
    }

    private double real(String key, GgufType type) throws IOException {
      return type == GgufType.FLOAT32
          ? Float.intBitsToFloat(in.nextInt(quoted(key)))
          : Double.longBitsToDouble(in.nextLong(quoted(key)));
    }

    private long whole(String key, GgufType type) throws IOException {
      return switch (type) {
        case UINT8 -> Byte.toUnsignedLong(in.nextByte(quoted(key)));
        case INT8, BOOL -> in.nextByte(quoted(key));
        case UINT16 -> Short.toUnsignedLong(in.nextShort(quoted(key)));
        case INT16 -> in.nextShort(quoted(key));
        case UINT32 -> Integer.toUnsignedLong(in.nextInt(quoted(key)));
        case INT32 -> in.nextInt(quoted(key));
        default -> in.nextLong(quoted(key));
      };
    }

    private long alignment(GgufMetadata metadata) throws IOException {
      Optional<GgufValue> value = metadata.value(ALIGNMENT);
      if (value.isEmpty()) {
        return DEFAULT_ALIGNMENT;
      }
      if (value.get() instanceof GgufValue.Whole(GgufType kind, long alignment) && kind == GgufType.UINT32
          && alignment <= 1 << 30 && Long.bitCount(alignment) == 1) {
        return alignment;
      }
      throw metadata.problem(
          "%s is %s of type %s, expected a power of two up to 2^30 of type uint32; the file is damaged",
          ALIGNMENT, value.get().text(), value.get().type());
    }

    private List<GgufTensor> tensors(long count, long alignment) throws IOException {
      List<GgufTensor> tensors = new ArrayList<>();
      Set<String> names = new HashSet<>();
      long end = 0;
      for (long i = 0; i < count; i++) {
        long start = in.position();
        GgufTensor tensor = tensor(i);
        if (!names.add(tensor.name())) {
          throw in.problem(start, "tensor %s is there twice; the file is damaged", quoted(tensor.name()));
        }
        if (tensor.offset() != end) {
          throw in.problem(in.position() - Long.BYTES,
              "tensor %s begins at byte %s of the data, expected %,d, after the one before at an alignment of %d;"
                  + " the file is damaged",
              quoted(tensor.name()), Long.toUnsignedString(tensor.offset()), end, alignment);
        }
        end = padded(tensor, end, alignment);
        tensors.add(tensor);
      }
      return List.copyOf(tensors);
    }

    private long padded(GgufTensor tensor, long start, long alignment) throws IOException {
      long end = start + tensor.byteSize();
      // neither sum nor rounding may overflow; no file is half as long as a long can say
      if (end < 0 || end > Long.MAX_VALUE / 2) {
        throw tooLarge(tensor.name());
      }
      return Math.ceilDiv(end, alignment) * alignment;
    }

    private GgufTensor tensor(long index) throws IOException {
      String name = in.nextText("the name of tensor " + index, MOST_NAME_BYTES);
      int dimensions = in.nextInt("the number of dimensions of " + quoted(name));
      if (dimensions < 1 || dimensions > 4) {
        throw in.problem(in.position() - Integer.BYTES, "tensor %s has %s dimensions, expected 1 to 4; the file is"
            + " damaged", quoted(name), Integer.toUnsignedString(dimensions));
      }
      List<Long> sizes = new ArrayList<>();
      long elements = 1;
      for (int i = 0; i < dimensions; i++) {
        long size = in.nextLong("the sizes of " + quoted(name));
        if (size < 0 || size > Integer.MAX_VALUE) {
          throw in.problem(in.position() - Long.BYTES, "tensor %s has a dimension of %s, expected 0 to %,d; the file is"
              + " damaged", quoted(name), Long.toUnsignedString(size), Integer.MAX_VALUE);
        }
        sizes.add(size);
        elements = Math.multiplyHigh(elements, size) == 0 ? elements * size : -1;
        if (elements < 0 || (i > 0 && sizes.getFirst() > 0 && elements / sizes.getFirst() > Integer.MAX_VALUE)) {
          throw tooLarge(name);
        }
      }
      GgufTensorType type = tensorType(name);
      long cols = sizes.getFirst();
      if (cols % type.blockSize() != 0) {
        throw in.problem(in.position() - Integer.BYTES,
            "tensor %s has rows of %d elements in %s, expected a multiple of"
                + " its block of %d; the file is damaged",
            quoted(name), cols, type.name(), type.blockSize());
      }
      long blocks = elements / type.blockSize();
      if (Math.multiplyHigh(blocks, (long) type.blockBytes()) != 0 || blocks * type.blockBytes() < 0) {
        throw tooLarge(name);
      }
      return new GgufTensor(name, List.copyOf(sizes), type, in.nextLong("the offset of " + quoted(name)),
          blocks * type.blockBytes());
    }

    private GgufTensorType tensorType(String name) throws IOException {
      int number = in.nextInt("the type of " + quoted(name));
      return GgufTensorType.of(number).orElseThrow(() -> in.problem(in.position() - Integer.BYTES,
          "tensor %s is of type %s, which this version does not know; take a model in another encoding", quoted(name),
          Integer.toUnsignedString(number)));
    }

    private void checkLength(GgufTensor last, long dataStart) throws IOException {
      long needed = dataStart + last.offset() + last.byteSize();
      if (needed > file.byteSize() || needed < 0) {
        throw new CheckpointFormatException(file.path(), String.format(Locale.ROOT,
            "truncated: its tensors need %,d bytes, file has %,d; fetch it again", needed, file.byteSize()));
      }
    }

    private IOException tooLarge(String name) {
      return in.problem(in.position(), "tensor %s is larger than any file can be; the file is damaged", quoted(name));
    }

    private static String quoted(String name) {
      return "'" + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'";
    }
  }
}
