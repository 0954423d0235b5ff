package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.checkpoints.SentenceCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvertCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama2c-v0", "llama2c-v1", "llama2c-v2"}) void convert_toAnyFormat_tellsTheSameSentence(
      String format) throws IOException {
    Path copy = folder.resolve("copy.bin");
    var run = cria("convert", TestModel.sentence(), "--to", format, "--out", copy);
    assertThat(run.err()).matches("cria: wrote \\S+copy.bin \\(" + format + ", [0-9.]+ kB\\)\n");
    assertThat(run.exit()).isZero();
    TestModel.writeTokenizer(folder, "tokenizer.bin");
    assertThat(cria("run", copy, "-t", "0").out()).isEqualTo(SentenceCheckpoint.SENTENCE + "\n");
    assertThat(cria("inspect", copy).out()).startsWith(copy + ": " + format + ", ");
  }

  @Test void convert_int8_takesAboutAQuarter() throws IOException {
    Path copy = folder.resolve("copy.bin");
    cria("convert", TestModel.sentence(), "--to", "llama2c-v2", "--out", copy);
    assertThat(Files.size(copy)).isBetween(Files.size(TestModel.sentence()) / 5, Files.size(TestModel.sentence()) / 3);
  }

  @Test void convert_whatCannotBe_isRefused() throws IOException {
    Path copy = folder.resolve("copy.bin");
    var unknown = cria("convert", TestModel.sentence(), "--to", "gguf", "--out", copy);
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.message()).isEqualTo("cria: --to must name a format that can be written, got 'gguf'. Available: "
        + "llama2c-v0, llama2c-v1, llama2c-v2.");
    Path model = TestModel.writeModel(folder);
    byte[] before = Files.readAllBytes(model);
    assertThat(cria("convert", model, "--to", "llama2c-v1", "--out", model).message())
        .isEqualTo("cria: --out " + model + " is the model itself; name another file.");
    assertThat(model).hasBinaryContent(before);
    assertThat(cria("convert", model, "--to", "llama2c-v1", "--out", folder).message())
        .isEqualTo("cria: --out " + folder + " is a folder; name a file in it.");
    var nowhere = cria("convert", model, "--to", "llama2c-v1", "--out", folder.resolve("no/such"));
    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.message()).contains("no/such: cannot be written: no such folder");
  }
}
