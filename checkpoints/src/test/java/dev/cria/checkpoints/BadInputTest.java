package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cria.api.Availability;
import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users see of files that cannot be opened: the whole message, word for word. */
@Timeout(10)
final class BadInputTest {

  private static final String HEADER = "header (dim 8, hidden 12, layers 2, heads 4, kvHeads 2, vocab 20, context 16)";
  private static final String DAMAGED = "; the file is damaged or no llama2.c checkpoint of version 0";

  private final CheckpointFiles files = CheckpointFiles.load(BadInputTest.class.getClassLoader());

  @TempDir Path folder;

  @Test void open_soundFile_isRecognised() throws IOException {
    Path file = Samples.write(folder);

    try (Checkpoint checkpoint = files.open(file)) {
      assertThat(checkpoint.format()).isEqualTo("llama2c-v0");
      assertThat(checkpoint.source()).isEqualTo(file.toString());
      assertThat(checkpoint.endsWithBos()).isTrue();
    }
    assertThat(files.probe(file)).filteredOn(probe -> probe.recognition().recognised()).singleElement()
        .satisfies(probe -> assertThat(probe.recognition()).isEqualTo(Recognition.yes("sound " + HEADER)));
  }

  @Test void open_missingFile_namesTheNearest() throws IOException {
    Files.createFile(folder.resolve("stories15M.bin"));
    Path slip = folder.resolve("storeis15M.bin");
    Path other = folder.resolve("llama-7b.gguf");
    Path nowhere = folder.resolve("absent/model.bin");

    assertThatThrownBy(() -> files.open(slip)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(slip + ": no such file in " + folder + "; did you mean 'stories15M.bin'?");
    assertThatThrownBy(() -> files.open(other)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(other + ": no such file in " + folder + "; check the path");
    assertThatThrownBy(() -> files.open(nowhere)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(nowhere + ": no such file, nor such a folder; check the path");
  }

  @Test void open_folder_namesAFileInIt() throws IOException {
    assertRefused(folder,
        "is a folder; name a file in it. This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
    Files.createFile(folder.resolve("tokenizer.bin"));
    Path model = Samples.write(folder);
    assertRefused(folder, "is a folder; name a file in it, such as " + model
        + ". This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
  }

  @Test void open_device_isRefused() {
    Path device = Path.of("/dev/null");
    assumeFalse(!Files.exists(device), "there is no /dev/null on this system");
    assertRefused(device, "is no regular file but a device, pipe or socket; name a model file");
  }

  @Test void open_emptyFile_isRefused() throws IOException {
    assertRefused(file(new byte[0]), "is empty (0 bytes); fetch it again");
  }

  @Test void open_27Bytes_isRefused() throws IOException {
    byte[] sound = Files.readAllBytes(Samples.write(folder));
    assertRefused(file(Arrays.copyOf(sound, 27)), "is no checkpoint of a known format: 27 bytes that begin with"
        + " 08 00 00 00 0c 00 00 00; check that it is the model and was"
        + " fetched whole. This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
  }

  @Test void open_headerAlone_isTruncated() throws IOException {
    byte[] sound = Files.readAllBytes(Samples.write(folder));
    assertRefused(file(Arrays.copyOf(sound, 28)),
        "truncated: " + HEADER + " needs 4,796 bytes, file has 28; fetch it again");
  }

  @Test void open_oneByteShort_isTruncated() throws IOException {
    byte[] sound = Files.readAllBytes(Samples.write(folder));
    assertRefused(file(Arrays.copyOf(sound, sound.length - 1)),
        "truncated: " + HEADER + " needs 4,796 bytes, file has 4,795; fetch it again");
  }

  @Test void open_oneByteLong_isTooLong() throws IOException {
    byte[] sound = Files.readAllBytes(Samples.write(folder));
    assertRefused(file(Arrays.copyOf(sound, sound.length + 1)),
        "too long: " + HEADER + " needs 4,796 bytes, file has 4,797; fetch it again");
  }

  @ParameterizedTest(name = "{1} = {2}")
  @CsvSource(delimiter = '|', value = {
      "0  | dim     | 0           | 1,048,576", "0  | dim     | -8         | 1,048,576",
      "0  | dim     | 2147483647  | 1,048,576", "0  | dim     | -2147483648 | 1,048,576",
      "4  | hidden  | 0           | 4,194,304", "4  | hidden  | -12        | 4,194,304",
      "4  | hidden  | 2147483647  | 4,194,304", "8  | layers  | 0          | 1,024",
      "8  | layers  | -2          | 1,024", "8  | layers  | 2147483647 | 1,024",
      "12 | heads   | 0           | 65,536", "12 | heads   | -4         | 65,536",
      "12 | heads   | 2147483647  | 65,536", "16 | kvHeads | 0          | 65,536",
      "16 | kvHeads | -2          | 65,536", "16 | kvHeads | 2147483647 | 65,536",
      "20 | vocab   | 0           | 16,777,216", "20 | vocab   | -2147483648 | 16,777,216",
      "20 | vocab   | 2147483647  | 16,777,216", "24 | context | 0          | 16,777,216",
      "24 | context | -16         | 16,777,216",
      "24 | context | 2147483647 | 16,777,216"}) void open_fieldOutOfRange_namesIt(int offset, String name, int value,
          String most) throws IOException {
    assertRefused(Samples.writeWith(folder, offset, value),
        "at byte " + offset + ": " + name + " is " + value + ", expected 1 to " + most + DAMAGED);
  }

  @Test void open_largestFieldsOfAll_neitherOverflowNorAllocate() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    new Llama2cHeader(1 << 20, 1 << 22, 1024, 1 << 16, 1 << 16, -(1 << 24), 1 << 24).write(bytes);
    assertRefused(file(bytes.array()), "truncated: header (dim 1048576, hidden 4194304, layers 1024, heads 65536,"
        + " kvHeads 65536, vocab -16777216, context 16777216) needs 72,198,341,194,154,012 bytes, file has 28;"
        + " fetch it again");
  }

  @Test void open_negativeVocab_asksForTheClassifier() throws IOException {
    assertRefused(Samples.writeWith(folder, 20, -20), "truncated: header (dim 8, hidden 12, layers 2, heads 4,"
        + " kvHeads 2, vocab -20, context 16) needs 5,436 bytes, file has 4,796; fetch it again");
  }

  @Test void open_headsThatDoNotFit_areRefused() throws IOException {
    assertRefused(Samples.writeWith(folder, 12, 3), "at byte 12: heads is 3, which does not divide dim 8" + DAMAGED);
    assertRefused(Samples.writeWith(folder, 16, 3),
        "at byte 16: kvHeads is 3, which does not divide heads 4" + DAMAGED);
    assertRefused(Samples.writeWith(folder, 16, 8),
        "at byte 16: kvHeads is 8, which does not divide heads 4" + DAMAGED);
    assertRefused(Samples.writeWith(folder, 12, 8), "at byte 12: heads is 8, so that a head has 1 elements,"
        + " expected an even number (rope rotates pairs)" + DAMAGED);
  }

  @Test void open_unreadableFile_isRefused() throws IOException {
    Path file = Samples.write(folder);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user may read every file (root)");
    assertThatThrownBy(() -> files.open(file)).isInstanceOf(AccessDeniedException.class)
        .hasMessage(file + ": permission denied; make it readable for you, as with chmod +r");
  }

  @Test void explain_accessDenied_saysWhatToDo() {
    Path file = folder.resolve("model.bin");
    assertThatThrownBy(() -> Unreadable.explain(file, () -> {
      throw new AccessDeniedException(file.toString());
    })).isInstanceOf(AccessDeniedException.class)
        .hasMessage(file + ": permission denied; make it readable for you, as with chmod +r");
  }

  @Test void open_twoGigabytesOfZeros_isRefusedAtOnce() throws IOException {
    Path file = folder.resolve("sparse.bin");
    try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
        StandardOpenOption.SPARSE))) {
      channel.write(ByteBuffer.allocate(1), (2L << 30) - 1);
    }
    assertThat(Files.size(file)).isEqualTo(2L << 30);
    assertRefused(file, "is nothing but zeros at its beginning; the download may not have finished: fetch it again");
  }

  @Test void open_gitLfsPointer_saysHowToFetchIt() throws IOException {
    assertRefused(text("""
        version https://git-lfs.github.com/spec/v1
        oid sha256:cd590644d963867a2b6e5a1107f51fad663c41d79c149fbecbbb1f95fa81f49a
        size 60816028
        """), "is a Git-LFS pointer, not the model itself; run 'git lfs pull' where it was cloned");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "40000000000000007b22|is a safetensors file; it is read with the config.json beside it: name the folder of both",
      "504b030414000000|is a zip archive, as PyTorch's .pt files are; loading a pickle can run any code, so Cria never"
          + " does: fetch the model as safetensors or GGUF, or export it as a llama2.c file",
      "80028a0a6cfc9c46|is a Python pickle; loading a pickle can run any code, so Cria never"
          + " does: fetch the model as safetensors or GGUF, or export it as a llama2.c file",
      "800595ff|is a Python pickle; loading a pickle can run any code, so Cria never"
          + " does: fetch the model as safetensors or GGUF, or export it as a llama2.c file",
      "6c6d6767|is a GGML file; that format was given up for GGUF: fetch the model as GGUF or as a llama2.c file",
      "666d6767|is a GGMF file; that format was given up for GGUF: fetch the model as GGUF or as a llama2.c file",
      "746a6767|is a GGJT file; that format was given up for GGUF: fetch the model as GGUF or as a llama2.c file",
      "32346b6101000000|has 100 bytes, but its header alone has 256; fetch it again",
      "32346b6102000000|has 100 bytes, but its header alone has 256; fetch it again",
      "32346b6103000000|is a llama2.c file of an unknown version; versions 0, 1 and 2 are read: export the model again in"
          + " one of them",
      "616b3432|is a llama2.c file in the wrong byte order (it begins with 61 6b 34 32, expected 32 34 6b 61); export"
          + " the model again on a little-endian machine",
      "1f8b0800|is compressed with gzip; unpack it with gunzip first",
      "28b52ffd|is compressed with zstd; unpack it with unzstd first",
      "fd377a585a00|is compressed with xz; unpack it with unxz first",
      "3c21444f43545950452068746d6c3e|is a web page, not a model; fetch the file itself, by its raw or download link"}) void open_otherKindOfFile_saysWhatItIs(
          String start, String message) throws IOException {
    byte[] bytes = new byte[100];
    byte[] signature = HexFormat.of().parseHex(start);
    System.arraycopy(signature, 0, bytes, 0, signature.length);
    assertRefused(file(bytes), message);
  }

  @Test void open_text_isRefused() throws IOException {
    assertRefused(text("Once upon a time, there was a small llama."),
        "is no checkpoint of a known format: 42 bytes that"
            + " begin with 4f 6e 63 65 20 75 70 6f;"
            + " check that it is the model and was fetched whole. This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
  }

  @Test void open_recognisedByTwoFormats_isRefused() throws IOException {
    Path file = Samples.write(folder);
    CheckpointFiles two = new CheckpointFiles(Providers.of("format", new Llama2cV0Format(), new AnyFile()),
        Samples.ENCODINGS);

    assertThatThrownBy(() -> two.open(file)).isInstanceOf(CheckpointFormatException.class)
        .hasMessage(file + ": is recognised by llama2c-v0: sound " + HEADER + " and any-file: it is a file;"
            + " take one of them off the class path");
  }

  @Test void open_recognisedByNone_namesTheFormatsThatCannotBeUsed() throws IOException {
    CheckpointFiles none = new CheckpointFiles(Providers.of("format", new Llama2cV0Format(), new Llama2cV0Format(),
        new Unavailable()), Samples.ENCODINGS);
    Path file = file("GGUF".getBytes(StandardCharsets.US_ASCII));

    assertThat(none.formats()).hasSize(1);
    assertThatThrownBy(() -> none.open(file)).isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(file + ": is a GGUF file; ")
        .hasMessageContaining(" (formats that cannot be used here: gguf: Its library is missing. Install it.;"
            + " dev.cria.checkpoints.Llama2cV0Format in ")
        .hasMessageContaining("the name 'llama2c-v0' is already taken");
  }

  private record Unavailable() implements CheckpointFormat {
    @Override public String name() {
      return "gguf";
    }

    @Override public Availability availability() {
      return Availability.unavailable("Its library is missing. Install it.");
    }

    @Override public Recognition recognise(Path path) {
      return Recognition.yes("never asked");
    }

    @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
      throw new CheckpointFormatException(path, "never opened");
    }
  }

  private record AnyFile() implements CheckpointFormat {
    @Override public String name() {
      return "any-file";
    }

    @Override public Recognition recognise(Path path) {
      return Recognition.yes("it is a file");
    }

    @Override public Checkpoint open(Path path, EncodingLookup encodings) throws IOException {
      throw new CheckpointFormatException(path, "never opened");
    }
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> files.open(file)).isInstanceOf(CheckpointFormatException.class)
        .hasMessage(file + ": " + message);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file.bin"), bytes);
  }

  private Path text(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }
}
