package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlotResultsTest {

  private static final int BLUE = 0xff2b6cb0;
  private static final int ORANGE = 0xffc05621;
  private static final int WHITE = 0xffffffff;

  @TempDir private Path folder;

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("ratios.csv"), text);
  }

  @Test void plot_ratios_areBarsOfTheirLength() throws IOException {
    Path png = folder.resolve("ratios.png");
    PlotResults.plot(csv("what,peer,ratio\nfast,a,1.5\nslow,b,0.5\n").toString(), png.toString());
    BufferedImage image = Objects.requireNonNull(ImageIO.read(png.toFile()), "not a PNG");
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isBetween(100, 300);
    Map<Integer, Integer> pixels = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        pixels.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    int faster = pixels.getOrDefault(BLUE, 0);
    int slower = pixels.getOrDefault(ORANGE, 0);
    assertThat(pixels.getOrDefault(WHITE, 0)).as("light background").isGreaterThan(900 * image.getHeight() / 3);
    assertThat(slower).as("the bar of the slow one").isGreaterThan(1000);
    assertThat((double) faster / slower).as("1.5 is three times as long as 0.5").isBetween(2.7, 3.3);
  }

  @Test void read_file_keepsOrderAndNames() throws IOException {
    assertThat(Ratio.read(csv("what,peer,ratio\n15M, llama2.c ,1.26\n\n110M,llama2.zig,0.9\n")))
        .containsExactly(new Ratio("15M", "llama2.c", 1.26), new Ratio("110M", "llama2.zig", 0.9));
  }

  @Test void read_badFiles_areRefusedWithTheLine() throws IOException {
    Map<String, String> problems = Map.of(
        "", "the first line must be 'what,peer,ratio', got an empty file",
        "a,b\n", "the first line must be 'what,peer,ratio', got 'a,b'",
        "what,peer,ratio\n", "no ratios below the first line",
        "what,peer,ratio\na,b,1\na,b\n", "line 3: wanted three fields, what,peer,ratio, got 'a,b'",
        "what,peer,ratio\na,b,fast\n", "line 2: the ratio must be a number, got 'fast'",
        "what,peer,ratio\na,b,-1\n", "line 2: the ratio must be positive and finite, got -1.0",
        "what,peer,ratio\na,b,NaN\n", "line 2: the ratio must be positive and finite, got NaN");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      Path file = csv(problem.getKey());
      assertThatThrownBy(() -> Ratio.read(file)).as(problem.getKey()).isInstanceOf(IOException.class)
          .hasMessageStartingWith(file.toString()).hasMessageEndingWith(problem.getValue());
    }
  }

  @Test void ratiosOfThisFolder_canBeRead() throws IOException {
    List<Ratio> ratios = Ratio.read(Path.of("ratios.csv"));
    assertThat(ratios).isNotEmpty();
  }
}
