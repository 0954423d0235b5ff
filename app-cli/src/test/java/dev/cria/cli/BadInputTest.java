package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be: one line, exit code 1, no text. */
final class BadInputTest {

  @TempDir Path folder;
  private Path model;
  private Path tokenizer;
  private byte[] sound;

  @BeforeEach void write() throws Exception {
    model = TestModel.writeModel(folder);
    tokenizer = TestModel.writeTokenizer(folder, "tokenizer.bin");
    sound = Files.readAllBytes(model);
  }

  private void assertRefused(Path path, String message) {
    for (Object[] command : new Object[][]{{"run", path, "-z", tokenizer}, {"inspect", path},
        {"logits", path, "--tokens", "1", "--out", folder.resolve("out.f32")}}) {
      var run = cria(command);
      assertThat(run.message()).as(command[0].toString()).isEqualTo("cria: " + path + ": " + message);
      assertThat(run.exit()).as(command[0].toString()).isEqualTo(1);
      assertThat(run.bytes()).as(command[0].toString()).isEmpty();
      assertThat(folder.resolve("out.f32")).doesNotExist();
    }
  }

  private void assertContentRefused(byte[] content, String message) throws Exception {
    assertRefused(Files.write(folder.resolve("bad.bin"), content), message);
  }

  @Test void file_missing() {
    assertRefused(folder.resolve("modle.bin"), "no such file in " + folder + "; did you mean 'model.bin'?");
    assertRefused(folder.resolve("no/such/model.bin"), "no such file, nor such a folder; check the path");
  }

  @Test void file_isFolder() {
    assertRefused(folder, "is a folder; name a file in it, such as " + model
        + ". This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
  }

  @Test void file_empty() throws Exception {
    assertContentRefused(new byte[0], "is empty (0 bytes); fetch it again");
  }

  @Test void file_27bytes() throws Exception {
    assertContentRefused(Arrays.copyOf(sound, 27), "is no checkpoint of a known format: 27 bytes that begin with "
        + "40 00 00 00 29 00 00 00; check that it is the model and was"
        + " fetched whole. This version reads gguf, llama2c-v0, llama2c-v1, llama2c-v2, safetensors.");
  }

  @Test void file_oneByteShortOrLong() throws Exception {
    String needs = String.format("needs %,d bytes, file has ", sound.length);
    Path bad = folder.resolve("bad.bin");
    Files.write(bad, Arrays.copyOf(sound, sound.length - 1));
    assertThat(cria("run", bad).message()).startsWith("cria: " + bad + ": truncated: header (")
        .endsWith(needs + String.format("%,d; fetch it again", sound.length - 1));
    Files.write(bad, Arrays.copyOf(sound, sound.length + 1));
    assertThat(cria("run", bad).message()).startsWith("cria: " + bad + ": too long: header (")
        .endsWith(needs + String.format("%,d; fetch it again", sound.length + 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6}) void header_fieldOutOfRange_isNamedWithItsPlace(int field)
      throws Exception {
    String name = new String[]{"dim", "hidden", "layers", "heads", "kvHeads", "vocab", "context"}[field];
    for (int value : new int[]{0, -3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      if (field == 5 && value == -3) {
        continue; // a negative vocabulary size means a classifier of its own
      }
      byte[] bad = sound.clone();
      ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(field * Integer.BYTES, value);
      Path file = Files.write(folder.resolve("bad.bin"), bad);
      var run = cria("run", file, "-z", tokenizer);
      assertThat(run.message()).as("%s = %d", name, value)
          .startsWith("cria: " + file + ": at byte " + field * Integer.BYTES + ": " + name + " is ");
      assertThat(run.exit()).isEqualTo(1);
    }
  }

  @Test void tokenizer_ofAnotherModel() throws Exception {
    byte[] bytes = Files.readAllBytes(tokenizer);
    int oneLess = bytes.length - 9; // the last piece is a line break: 4 bytes of score, 4 of length, 1 of text
    Path shorter = Files.write(folder.resolve("shorter.bin"), Arrays.copyOf(bytes, oneLess));
    var run = cria("run", model, "-z", shorter);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message())
        .matches("cria: \\Q" + shorter + "\\E: has (\\d+) entries, the model's vocabulary has (\\d+);"
            + " use -z to name the tokenizer that belongs to the model");
    Path cut = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(cria("run", model, "-z", cut).message()).startsWith("cria: " + cut + ": at byte ").contains("truncated");
    assertThat(cria("run", model, "-z", folder.resolve("none.bin")).message())
        .isEqualTo("cria: " + folder.resolve("none.bin") + ": no such file; check the path");
    assertThat(cria("run", model, "-z", folder).message())
        .isEqualTo("cria: " + folder + ": is a folder without a tokenizer.json or tokenizer.model;"
            + " name the tokenizer's file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions") void file_unreadable()
      throws Exception {
    Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(model), "skipped: this user may read everything (root does)");
    assertRefused(model, "permission denied; make it readable for you, as with chmod +r");
  }

  @Test void file_twoGigabytesOfZeros_isRefusedAtOnce() throws Exception {
    Path zeros = folder.resolve("zeros.bin");
    try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    assertRefused(zeros, "is nothing but zeros at its beginning; the download may not have finished: fetch it again");
  }

  @Test void file_ofAnotherKind_isCalledByItsName() throws Exception {
    assertContentRefused(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 1056540\n".getBytes(US_ASCII),
        "is a Git-LFS pointer, not the model itself; run 'git lfs pull' where it was cloned");
    assertContentRefused("GGUF\3".getBytes(US_ASCII), "at byte 4: truncated: the file ends here, where the version is"
        + " expected; fetch it again");
    Path zip = folder.resolve("model.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("archive/data.pkl"));
    }
    assertRefused(zip, "is a zip archive, as PyTorch's .pt files are; loading a pickle can run any code, so Cria never"
        + " does: fetch the model as safetensors or GGUF, or export it as a llama2.c file");
  }

  @Test void stacktrace_isShownWhenAskedFor() {
    var run = cria("run", folder.resolve("none.bin"), "--stacktrace");
    assertThat(run.err()).startsWith("cria: ").contains("\n\tat dev.cria.");
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test void prompt_thatIsNoText() throws Exception {
    Path bad = Files.write(folder.resolve("prompt.txt"), new byte[]{'a', 'b', (byte) 0xff});
    assertThat(cria("run", "-f", bad).message())
        .isEqualTo("cria: " + bad + ": at byte 2: is no UTF-8 text; convert it first, as with iconv");
    assertThat(new CliRunner().in(new byte[]{(byte) 0xc3}).run("run", "-i", "-").message())
        .isEqualTo("cria: standard input: at byte 0: is no UTF-8 text; convert it first, as with iconv");
    assertThat(cria("run", "-f", folder.resolve("none.txt")).message())
        .isEqualTo("cria: " + folder.resolve("none.txt") + ": no such file; check the path");
    assertThat(cria("run", "-f", folder).message())
        .isEqualTo("cria: " + folder + ": is a folder; name a file in it");
  }
}
