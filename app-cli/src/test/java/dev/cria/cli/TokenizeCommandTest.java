package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizeCommandTest {

  @TempDir Path folder;
  private Path tokenizer;

  @BeforeEach void write() throws Exception { tokenizer = TestModel.writeTokenizer(folder, "tokenizer.bin"); }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Once upon a time", "  two  spaces ", "line\nbreak\n", "tab\there", "中😀é",
      "<s> </s>",
      "-n", "@file", "'quoted' \"twice\""}) void text_verbatim_comesBackUnchanged(String text) {
    var ids = cria("tokenize", tokenizer, "--", text);
    assertThat(ids.exit()).as(ids.err()).isZero();
    assertThat(ids.out()).matches("1( \\d+)*\n");
    assertThat(cria("tokenize", tokenizer, "--decode", ids.out().strip()).out()).isEqualTo(text + "\n");
    var fromInput = new CliRunner().in(text).run("tokenize", tokenizer);
    assertThat(fromInput.out()).as("from standard input").isEqualTo(ids.out());
  }

  @Test void text_fromFile_keepsItsLastLineBreak() throws Exception {
    Path file = Files.writeString(folder.resolve("text.txt"), "Once\n");
    assertThat(cria("tokenize", tokenizer, "--file", file).out()).isEqualTo(cria("tokenize", tokenizer, "Once\n").out())
        .isNotEqualTo(cria("tokenize", tokenizer, "Once").out());
  }

  @Test void noBos_leavesTheFirstTokenOut() {
    assertThat("1 " + cria("tokenize", tokenizer, "Once", "--no-bos").out())
        .isEqualTo(cria("tokenize", tokenizer, "Once").out());
    assertThat(cria("tokenize", tokenizer, "", "--no-bos").out()).isEqualTo("\n");
  }

  @Test void special_takesControlTokensForWhatTheyAre() {
    assertThat(cria("tokenize", tokenizer, "</s>", "--special", "--no-bos").out()).isEqualTo("2\n");
    assertThat(cria("tokenize", tokenizer, "</s>", "--no-bos").out().strip().split(" ", -1)).hasSizeGreaterThan(1);
  }

  @Test void decode_takesIdsFromArgumentsInputOrFile() throws Exception {
    String ids = cria("tokenize", tokenizer, "Once upon").out().strip();
    Path file = Files.writeString(folder.resolve("ids.txt"), ids.replace(' ', '\n') + "\n");
    assertThat(cria("tokenize", tokenizer, "--decode", "--file", file).out()).isEqualTo("Once upon\n");
    assertThat(new CliRunner().in(ids.replace(" ", ", ")).run("tokenize", tokenizer, "--decode").out())
        .isEqualTo("Once upon\n");
    String[] each = ids.split(" ", -1);
    Object[] args = new Object[each.length + 3];
    System.arraycopy(new Object[]{"tokenize", tokenizer, "--decode"}, 0, args, 0, 3);
    System.arraycopy(each, 0, args, 3, each.length);
    assertThat(cria(args).out()).isEqualTo("Once upon\n");
  }

  @Test void decode_unknownId_isRefused() {
    var run = cria("tokenize", tokenizer, "--decode", "1 99999");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.message())
        .matches("cria: Token 99999 \\(number 2 of 2\\) is not in the vocabulary: ids are in \\[0, \\d+\\)\\.");
  }

  @Test void source_isATokenizerOrAModel() throws Exception {
    Path model = TestModel.writeModel(folder);
    assertThat(cria("tokenize", model, "Once").out()).isEqualTo(cria("tokenize", tokenizer, "Once").out());
    Path neither = Files.writeString(folder.resolve("story.txt"), "Once upon a time there was a file.");
    var run = cria("tokenize", neither, "Once");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message())
        .startsWith("cria: " + neither + ": is neither a model (is no checkpoint of a known format:")
        .contains(") nor a tokenizer (");
    assertThat(cria("tokenize", folder.resolve("none"), "x").message()).contains("no such file");
  }
}
