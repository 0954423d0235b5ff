package dev.cria.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws the losses of a run, over its steps: grey those learned from, smoothed in blue, and those measured in red. */
final class LossPlot {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final int LEFT = 60;
  private static final int BOTTOM = 40;
  private static final int MARGIN = 20;
  private static final double SMOOTHING = 0.98;

  /** A loss at a step. */
  private record Point(double step, double loss) {}

  private final List<Point> learned = new ArrayList<>();
  private final List<Point> measured = new ArrayList<>();

  /** Reads the log. */
  LossPlot(Path log) throws IOException {
    for (String line : Files.readAllLines(log)) {
      String[] fields = line.split(",", -1);
      if (fields.length > 7 && !fields[0].isEmpty() && Character.isDigit(fields[0].charAt(0))) {
        double step = Double.parseDouble(fields[0]);
        learned.add(new Point(step, Double.parseDouble(fields[2])));
        if (!fields[7].isEmpty()) {
          measured.add(new Point(step, Double.parseDouble(fields[7])));
        }
      }
    }
  }

  /** Writes the picture; nothing if there is nothing to see yet. */
  void write(Path file) throws IOException {
    if (learned.size() < 2) {
      return;
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(draw(), "png", png);
    AtomicFile.write(file, out -> AtomicFile.writeAll(out, ByteBuffer.wrap(png.toByteArray())));
  }

  private BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, WIDTH, HEIGHT);
      double most = Math.ceil(learned.stream().mapToDouble(Point::loss).max().orElse(1));
      axes(g, most);
      line(g, learned, most, new Color(0xD0D0D0), 1);
      line(g, smoothed(), most, new Color(0x1F5FBF), 2);
      line(g, measured, most, new Color(0xC0392B), 2);
      legend(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  private void axes(Graphics2D g, double most) {
    g.setColor(Color.DARK_GRAY);
    g.drawLine(LEFT, MARGIN, LEFT, HEIGHT - BOTTOM);
    g.drawLine(LEFT, HEIGHT - BOTTOM, WIDTH - MARGIN, HEIGHT - BOTTOM);
    for (int i = 0; i <= (int) most; i++) {
      g.drawString(Integer.toString(i), LEFT - 20, (int) y(i, most) + 4);
    }
    double last = learned.getLast().step;
    for (int i = 0; i <= 4; i++) {
      g.drawString(String.format(Locale.ROOT, "%,.0f", last * i / 4), (int) x(last * i / 4) - 20, HEIGHT - BOTTOM + 18);
    }
    g.drawString("steps", WIDTH / 2, HEIGHT - 6);
    g.drawString("nats", 8, MARGIN + 4);
  }

  private void legend(Graphics2D g) {
    g.setColor(new Color(0x1F5FBF));
    g.drawString(String.format(Locale.ROOT, "loss on the text learned from, smoothed; last %.3f",
        smoothed().getLast().loss), WIDTH / 2, MARGIN + 14);
    if (!measured.isEmpty()) {
      g.setColor(new Color(0xC0392B));
      g.drawString(String.format(Locale.ROOT, "loss on other text; last %.3f", measured.getLast().loss), WIDTH / 2,
          MARGIN + 32);
    }
  }

  private void line(Graphics2D g, List<Point> points, double most, Color color, float width) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.size(); i++) {
      double x = x(points.get(i).step);
      double y = y(points.get(i).loss, most);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    g.setColor(color);
    g.setStroke(new BasicStroke(width));
    g.draw(path);
  }

  /** A moving average that begins with what there is. */
  private List<Point> smoothed() {
    List<Point> points = new ArrayList<>();
    double sum = 0;
    double weight = 0;
    for (Point point : learned) {
      sum = SMOOTHING * sum + point.loss;
      weight = SMOOTHING * weight + 1;
      points.add(new Point(point.step, sum / weight));
    }
    return points;
  }

  private double x(double step) {
    return LEFT + step / learned.getLast().step * (WIDTH - LEFT - MARGIN);
  }

  private static double y(double loss, double most) {
    return HEIGHT - BOTTOM - loss / most * (HEIGHT - BOTTOM - MARGIN);
  }
}
