package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {

  @TempDir Path folder;

  @Test void inspect_noModel_describesTheBuiltInOne() {
    var run = cria("inspect");
    assertThat(run.exit()).isZero();
    assertThat(run.message()).isEqualTo("cria: no model named; using the built-in one, which knows a single sentence");
    assertThat(run.out()).startsWith("built-in: built-in, ").contains("\nConfiguration\n", "  layers         2\n",
        "  algorithm  sentencepiece_bpe\n", "    byte     256\n", "  bos        token 1\n", "\nMetadata\n");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test void inspect_model_addsUp() {
    Path model = ReferenceData.file("stories260K/stories260K.bin");
    var run = cria("inspect", model, "--backend", TestBackends.names().getFirst());
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(model + ": llama2c-v0, 1,056,540 bytes (1.1 MB)\n").contains("""
        Configuration
          architecture   llama
          dim            64
          hiddenDim      172
          layers         5
          heads          8
          kvHeads        4
          headDim        8
          vocabSize      512
          contextLength  512
          normEpsilon    1.0E-5
          rope           interleaved, theta 10000.0, rotates 8 of 8

        Weights
          parameters  260,032
          in f32      1,040,128 bytes (1.0 MB) in 47 tensors
          classifier  shared with the token embedding
        """, "  none in the file; it comes in a tokenizer.bin\n",
        "  keys and values  655,360 bytes (655 kB) for a full context\n",
        "  model.embed_tokens.weight                       (512, 64)  f32  131,072\n",
        "  and 36 more in the other layers; --tensors lists them\n");
    var all = cria("inspect", model, "--tensors");
    assertThat(all.out()).contains("  model.layers.4.mlp.down_proj.weight  ").doesNotContain(" more in the other");
    assertThat(all.out().lines().filter(line -> line.startsWith("  model."))).hasSize(47);
  }

  @Test void inspect_eachBackend_reckonsItsOwnMemory() throws Exception {
    Path model = TestModel.writeModel(folder);
    for (String backend : TestBackends.names()) {
      assertThat(cria("inspect", model, "--backend", backend).out()).as(backend)
          .contains("\nMemory on the backend " + backend + "\n").containsPattern("together +[0-9,]+ bytes");
    }
  }
}
