package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.checkpoints.SentenceCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PerplexityCommandTest {

  @TempDir Path folder;

  @Test void perplexity_ofTheSentenceItKnows_isNearlyOne() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), SentenceCheckpoint.SENTENCE + "\n<|endoftext|>\n  "
        + SentenceCheckpoint.SENTENCE);
    var run = cria("perplexity", TestModel.sentence(), "--file", text);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("documents: 2\n", "\nbits per byte: 0.0")
        .containsPattern("perplexity: 1\\.0\\d{3}\n");
  }

  @Test void perplexity_ofOtherText_isLarge() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "Zebras quarrel!");
    assertThat(cria("perplexity", "--file", text).out()).containsPattern("bits per byte: \\d{1,3}\\.\\d{4}\n")
        .doesNotContain("bits per byte: 0.0");
  }

  @Test void perplexity_withoutText_isRefused() {
    assertThat(cria("perplexity").exit()).isEqualTo(2);
    assertThat(cria("perplexity", "--file", folder.resolve("none")).message()).contains("none: no such file");
  }

  @Test void perplexity_ofStories260K_isThatOfTheReference() {
    assertThat(cria("perplexity", ReferenceData.file("stories260K/stories260K.bin"), "-z",
        ReferenceData.file("stories260K/tok512.bin"), "--file", ReferenceData.file("tinystories/valid.txt")).out())
        .contains("bits per byte: 0.9195\n");
  }

  @Test void perplexity_ofTheBuiltInModel_isThatOfItsCard() {
    var run = cria("perplexity", "--file", ReferenceData.file("tinystories/valid.txt"));
    assertThat(run.err()).startsWith("cria: no model named; using the built-in one");
    assertThat(run.out()).contains("bytes: 236,702\n", "bits per byte: 0.7297\n");
  }
}
