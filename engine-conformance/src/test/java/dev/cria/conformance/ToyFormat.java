package dev.cria.conformance;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A format for the kit's own test: a signature, vocabSize, dim, then an embedding and a norm in F32. */
final class ToyFormat implements CheckpointFormat {

  /** What is wrong with it. */
  enum Fault {
    NONE, LOOKS_AT_THE_NAME, TAKES_ANYTHING, IGNORES_THE_END, IGNORES_MORE_BYTES, ALLOCATES_WHAT_THE_FILE_CLAIMS, WRONG_EXCEPTION, KEEPS_THE_FILE_OPEN, OWNS_WHAT_IT_MAPS, SHORT_TENSOR, LOSES_A_WEIGHT, LEAVES_A_TORN_FILE, DENIES_WRITING
  }

  static final int HEADER = 16;
  private static final byte[] SIGNATURE = "TOYMODEL".getBytes(StandardCharsets.US_ASCII);

  private final Fault fault;

  ToyFormat(Fault fault) {
    this.fault = fault;
  }

  @Override public String name() {
    return "toy";
  }

  @Override public Recognition recognise(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return Recognition.no("a folder");
    }
    if (fault == Fault.LOOKS_AT_THE_NAME && !path.toString().endsWith(".bin")) {
      return Recognition.no("no .bin");
    }
    try (InputStream in = Files.newInputStream(path)) {
      boolean ours = fault == Fault.TAKES_ANYTHING || Arrays.equals(in.readNBytes(8), SIGNATURE);
      return ours ? Recognition.yes("starts with \"TOYMODEL\"") : Recognition.no("does not start with \"TOYMODEL\"");
    }
  }

  @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new ToyCheckpoint(path, file, dimensions(path, file), fault);
    } catch (IOException | RuntimeException e) {
      if (fault != Fault.KEEPS_THE_FILE_OPEN) {
        file.close();
      }
      throw e;
    }
  }

  private int[] dimensions(Path path, FileChannel file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    while (header.hasRemaining() && file.read(header, header.position()) > 0) {
      // until it is read, or the file ends
    }
    if (header.hasRemaining() || !Arrays.equals(Arrays.copyOf(header.array(), 8), SIGNATURE)) {
      throw refusal(path, "no header of 16 bytes that starts with \"TOYMODEL\"");
    }
    int vocabSize = header.getInt(8);
    int dim = header.getInt(12);
    if (vocabSize < 1 || dim < 2 || dim % 2 != 0) {
      throw refusal(path, "vocabSize " + vocabSize + " and dim " + dim + " must be positive, and dim even");
    }
    if (fault == Fault.ALLOCATES_WHAT_THE_FILE_CLAIMS) {
      byte[] all = new byte[(int) Math.min(100_000_000L, 4L * vocabSize * dim)];
      header.put(0, all[0]);
    }
    long needed = HEADER + 4L * (vocabSize + 1L) * dim;
    boolean tooShort = file.size() < needed && fault != Fault.IGNORES_THE_END;
    boolean tooLong = file.size() > needed && fault != Fault.IGNORES_MORE_BYTES;
    if (tooShort || tooLong) {
      throw refusal(path, "needs " + needed + " bytes, has " + file.size());
    }
    return new int[]{vocabSize, dim};
  }

  private IOException refusal(Path path, String problem) {
    return fault == Fault.WRONG_EXCEPTION
        ? new IOException(path + ": " + problem)
        : new CheckpointFormatException(path, problem);
  }

  @Override public boolean writes() {
    return fault != Fault.DENIES_WRITING;
  }

  @Override public void write(Checkpoint checkpoint, Path target) throws IOException {
    Path temporary = fault == Fault.LEAVES_A_TORN_FILE ? target : target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).put(SIGNATURE)
            .putInt(checkpoint.configuration().vocabSize()).putInt(checkpoint.configuration().dim());
        out.write(header.array());
        for (CheckpointTensor tensor : checkpoint.tensors().values()) {
          writeTensor(out, tensor);
        }
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (fault != Fault.LEAVES_A_TORN_FILE) {
        Files.deleteIfExists(temporary);
      }
      throw e;
    }
  }

  private void writeTensor(OutputStream out, CheckpointTensor tensor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = tensor.map(arena).data().toArray(ValueLayout.JAVA_BYTE);
      if (fault == Fault.LOSES_A_WEIGHT && tensor.name().equals(TensorNames.FINAL_NORM)) {
        bytes[bytes.length - 1] = 0;
      }
      out.write(bytes);
    }
  }
}
