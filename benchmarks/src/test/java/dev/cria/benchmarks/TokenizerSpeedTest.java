package dev.cria.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.checkpoints.SentenceCheckpoint;
import dev.cria.tokenizers.TokenizerBin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerSpeedTest {

  @TempDir Path folder;

  @Test void measure_tokenizer_printsARow() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "Once upon a time");
    Path tokenizer = folder.resolve("tokenizer.bin");
    TokenizerBin.write(SentenceCheckpoint.open().vocabulary().orElseThrow(), tokenizer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TokenizerSpeed.measure(new PrintStream(out, true, UTF_8), "--rounds", "1", "--text", text.toString(),
        tokenizer.toString());
    assertThat(out.toString(UTF_8).lines()).hasSize(3).last().asString()
        .matches("\\| tokenizer.bin (\\| [0-9]+\\.[0-9] ){5}(\\| [0-9]+ ){2}\\|");
  }

  @Test void texts_haveAMegabyteEach() {
    TokenizerSpeed.texts("plain").forEach((name, text) -> {
      if (!name.equals("plain text")) {
        assertThat(text.getBytes(UTF_8).length).as(name).isGreaterThanOrEqualTo(1 << 20);
      }
    });
  }

  @Test void measure_nothingToMeasure_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenizerSpeed.measure(System.out, "x"))
        .withMessage("wanted [--rounds N] --text FILE TOKENIZER…, got no --text");
    assertThatIllegalArgumentException().isThrownBy(() -> TokenizerSpeed.measure(System.out, "--text", "x"))
        .withMessage("wanted [--rounds N] --text FILE TOKENIZER…, got no tokenizer");
  }
}
