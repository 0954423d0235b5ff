package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObstaclesTest {

  private static final ClassLoader LOADER = ObstaclesTest.class.getClassLoader();

  @TempDir Path folder;

  private final Kernel kernel = KernelSelector.of(LOADER).select(Optional.of(TestBackends.names().getFirst())).kernel();

  private static SampleModel qwen2() {
    return SampleModel.of("qwen2", 8, false, true, false, 9, 1e6, f -> f);
  }

  private List<String> of(SampleModel model, Kernel on) throws IOException {
    Path file = Export.gguf(model, LogitsOfFile.encoding("f32"), new float[0], folder.resolve("model.gguf"));
    try (Checkpoint checkpoint = CheckpointFiles.load(LOADER).open(file)) {
      return Obstacles.of(checkpoint, on);
    }
  }

  @Test void obstacles_soundModel_hasNone() throws IOException {
    assertThat(of(qwen2(), kernel)).isEmpty();
  }

  @Test void obstacles_tensorsMissingUnusedOrOfAnotherShape_areNamed() throws IOException {
    SampleModel model = qwen2();
    model.weights().remove("model.layers.1.mlp.up_proj.weight");
    model.weights().put("model.layers.0.mlp.down_proj.weight", new float[SampleModel.DIM][SampleModel.HIDDEN + 1]);
    model.weights().put("model.layers.3.mlp.up_proj.weight", new float[4][4]);
    model.weights().put("blk.extra.weight", new float[1][4]);
    assertThat(of(model, kernel)).containsExactly(
        "lacks the tensor 'model.layers.1.mlp.up_proj.weight'; fetch or convert it again",
        "has the tensor 'model.layers.3.mlp.up_proj.weight' and 1 others, which a 3-layer qwen2 has no use for: it would"
            + " compute something else; take another model",
        "model.layers.0.mlp.down_proj.weight is (48, 81); the configuration asks for (48, 80); fetch or convert it again");
  }

  @Test void obstacles_kernelThatRefuses_areNamed() throws IOException {
    Kernel modest = new ForwardingKernel(kernel) {
      @Override public Set<KernelFeature> refused() {
        return EnumSet.allOf(KernelFeature.class);
      }

      @Override public boolean multiplies(Encoding encoding) {
        return false;
      }
    };
    assertThat(of(qwen2(), modest)).containsExactly(
        "has the tensor 'model.embed_tokens.weight' and 22 others in f32, which this backend cannot multiply; choose another"
            + " with --backend",
        "needs ROPE_HALF_SPLIT, which this backend refuses; choose another with --backend",
        "needs BIAS, which this backend refuses; choose another with --backend",
        "needs SLIDING_WINDOW, which this backend refuses; choose another with --backend");
  }

  @Test void load_modelWithObstacles_isRefusedWithTheFirst() throws IOException {
    Path model = Export.folder(qwen2(), LogitsOfFile.encoding("f32"), 1, "", folder.resolve("qwen"));
    Path config = model.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("qwen2", "qwen3"));
    try (Checkpoint checkpoint = CheckpointFiles.load(LOADER).open(model)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> ForwardPass.load(checkpoint, kernel, LogitsOfFile.encoding("f32"), new ExecutorOptions(1, 8, 1))
                  .close())
          .withMessage(
              model + ": lacks the tensor 'model.layers.0.self_attn.q_norm.weight' and 5 others; fetch or convert"
                  + " it again");
    }
    Files.writeString(config, Files.readString(config).replace("qwen3", "gemma2"));
    try (Checkpoint checkpoint = CheckpointFiles.load(LOADER).open(model)) {
      assertThat(Obstacles.of(checkpoint, kernel)).singleElement().asString()
          .contains("model_type is 'gemma2', an architecture that is not supported");
    }
  }
}
