package dev.cria.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws {@code benchmarks/ratios.csv}, the ratios of RESULTS.md to other programs, as a bar chart for the README.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=PlotResults
 * }</pre>
 *
 * <p>Other files may be named: the CSV, then the PNG.
 */
public final class PlotResults {

  private PlotResults() {}

  /** Draws the file named first into the file named second. */
  public static void main(String... args) throws InterruptedException {
    System.setProperty("java.awt.headless", "true");
    Exit.after("PlotResults", () -> plot(args));
  }

  static void plot(String... args) throws IOException {
    if (args.length != 0 && args.length != 2) {
      throw new IllegalArgumentException("wanted CSV PNG, or nothing, got " + args.length + " arguments");
    }
    Path csv = Path.of(args.length == 2 ? args[0] : "benchmarks/ratios.csv");
    Path png = Path.of(args.length == 2 ? args[1] : "benchmarks/ratios.png");
    ImageIO.write(RatioChart.draw(Ratio.read(csv)), "png", png.toFile());
    System.out.println("wrote " + png.toAbsolutePath());
  }
}
