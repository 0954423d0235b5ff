package dev.cria.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** A bar for each ratio, to the right of a line at 1 where Cria is faster. */
final class RatioChart {

  private static final int WIDTH = 900; // of a README
  private static final int TITLE_HEIGHT = 90;
  private static final int BAR_HEIGHT = 32;
  private static final Color FASTER = new Color(0x2b6cb0);
  private static final Color SLOWER = new Color(0xc05621);
  private static final Color INK = new Color(0x1a202c);
  private static final Color GRID = new Color(0xe2e8f0);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final String SERIES = "ratio";

  private RatioChart() {}

  /** Draws the ratios in their order, the first on top. */
  static BufferedImage draw(List<Ratio> ratios) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Ratio ratio : ratios) {
      data.addValue(ratio.value(), SERIES, ratio.what() + ", beside " + ratio.peer());
    }
    JFreeChart chart = ChartFactory.createBarChart(
        "Speed of Cria / speed of the other program: right of the line Cria is faster",
        null,
        null, data, PlotOrientation.HORIZONTAL, false, false, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 16));
    chart.getTitle().setFont(TITLE);
    chart.getTitle().setPaint(INK);
    style(chart.getCategoryPlot());
    return chart.createBufferedImage(WIDTH, TITLE_HEIGHT + BAR_HEIGHT * ratios.size());
  }

  private static void style(CategoryPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.addRangeMarker(new ValueMarker(1, INK, new BasicStroke(1.5f)));
    plot.setRenderer(new Bars());

    CategoryAxis names = plot.getDomainAxis();
    names.setTickLabelFont(TEXT);
    names.setTickLabelPaint(INK);
    names.setMaximumCategoryLabelWidthRatio(0.6f);
    names.setLowerMargin(0.01);
    names.setUpperMargin(0.01);
    names.setAxisLineVisible(false);

    NumberAxis values = (NumberAxis) plot.getRangeAxis();
    values.setTickLabelFont(TEXT);
    values.setTickLabelPaint(INK);
    values.setUpperMargin(0.12); // for the figure beside the longest bar
    values.setAxisLineVisible(false);
  }

  private static final class Bars extends BarRenderer {

    private static final long serialVersionUID = 1;

    Bars() {
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setDefaultPositiveItemLabelPosition(new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
      setDefaultItemLabelGenerator(new Label());
      setDefaultItemLabelsVisible(true);
      setDefaultItemLabelFont(TEXT);
      setDefaultItemLabelPaint(INK);
    }

    @Override public Paint getItemPaint(int row, int column) {
      return getPlot().getDataset().getValue(row, column).doubleValue() < 1 ? SLOWER : FASTER;
    }
  }

  private static final class Label extends StandardCategoryItemLabelGenerator {

    private static final long serialVersionUID = 1;

    @Override public String generateLabel(CategoryDataset data, int row, int column) {
      return String.format(Locale.ROOT, "%.2f×", data.getValue(row, column).doubleValue());
    }
  }
}
