package dev.cria.tokenizers;

import static dev.cria.tokenizers.EncodeOptions.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SentencePieceModelTest {

  @Test void read_llama2_givesTheTokensOfTokenizerBin() throws IOException {
    Tokenizer model = Tokenizer.of(SentencePieceModel.read(ReferenceData.file("llama2-tokenizer/tokenizer.model")));
    Tokenizer bin = Tokenizer.of(TokenizerBin.read(ReferenceData.file("llama2-tokenizer/tokenizer.bin")));
    String stories = Files.readString(ReferenceData.file("tinystories/train.txt")).substring(0, 1 << 20);
    assertThat(Arrays.mismatch(model.encode(stories, PROMPT), bin.encode(stories, PROMPT))).isEqualTo(-1);
  }
}
