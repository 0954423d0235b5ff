package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;
import java.util.function.Predicate;

/** The {@link Specification} in binary32 as a kernel: what others are compared with, and what a plugin may extend. */
final class OracleKernel implements Kernel {

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  private final Specification specification = new Specification(Arithmetic.FLOAT32);
  private final Predicate<Encoding> rounded;

  OracleKernel() {
    this(encoding -> false);
  }

  /** One that rounds activations where weights are of these encodings. */
  OracleKernel(Predicate<Encoding> rounded) {
    this.rounded = rounded;
  }

  /** What one thread computes in. */
  private static final class Buffers {
    final WeightRow row = new WeightRow();
    final WeightRow secondRow = new WeightRow();
    final AttentionHead head = new AttentionHead();
    final double[] stripes = new double[Specification.STRIPES];
  }

  @Override public void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    Shapes.checkEmbed(out, table, tokens);
    WeightRow w = BUFFERS.get().row;
    int end = worker.shareEnd(out.rows(), 1);
    for (int r = worker.shareStart(out.rows(), 1); r < end; r++) {
      w.read(table, tokens[r]);
      for (int k = 0; k < out.cols(); k++) {
        out.data()[out.index(r) + k] = (float) specification.element(w, k);
      }
    }
  }

  @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    Shapes.checkRmsNorm(out, x, gain, epsilon);
    double[] stripes = BUFFERS.get().stripes;
    int end = worker.shareEnd(x.rows(), 1);
    for (int row = worker.shareStart(x.rows(), 1); row < end; row++) {
      double r = specification.inverseRootMeanSquare(x.data(), x.index(row), x.cols(), epsilon, stripes);
      for (int i = 0; i < x.cols(); i++) {
        out.data()[out.index(row) + i] = (float) specification.normed(gain[i], r, x.data()[x.index(row) + i]);
      }
    }
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    Shapes.checkMatmul(out, product, x);
    for (int m = 0; m < out.size(); m++) {
      int rows = out.get(m).cols();
      int end = worker.shareEnd(rows, 1);
      for (int row = worker.shareStart(rows, 1); row < end; row++) {
        multiplyRow(out.get(m), product, m, row, x);
      }
    }
  }

  private void multiplyRow(FloatMatrix out, FusedMatmul product, int m, int row, FloatMatrix x) {
    Buffers buffers = BUFFERS.get();
    WeightRow w = read(buffers.row, product.weights().get(m), row);
    boolean gated = product.epilogue() instanceof Epilogue.Gated;
    WeightRow up = gated ? read(buffers.secondRow, product.weights().get(1), row) : w;
    for (int r = 0; r < x.rows(); r++) {
      double s = specification.product(w, x.data(), x.index(r));
      double second = gated ? specification.product(up, x.data(), x.index(r)) : 0;
      int at = out.index(r) + row;
      out.data()[at] = (float) finish(product.epilogue(), s, second, m, row, out.data()[at]);
    }
  }

  private WeightRow read(WeightRow into, WeightMatrix w, int row) {
    return into.read(w, row, rounded.test(w.encoding()));
  }

  private double finish(Epilogue epilogue, double s, double second, int m, int row, float old) {
    Arithmetic arithmetic = specification.arithmetic();
    return switch (epilogue) {
      case Epilogue.None _ -> s;
      case Epilogue.Bias bias -> arithmetic.add(s, bias.biases().get(m)[row]);
      case Epilogue.Add _ -> arithmetic.add(old, s);
      case Epilogue.Gated gated -> arithmetic.multiply(specification.gate(gated.gate(), s), second);
    };
  }

  @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    Shapes.checkRope(x, table, placement);
    int heads = x.cols() / table.headDim();
    int end = worker.shareEnd(x.rows() * heads, 1);
    for (int unit = worker.shareStart(x.rows() * heads, 1); unit < end; unit++) {
      int head = x.index(unit / heads) + unit % heads * table.headDim();
      rotate(x.data(), head, table, placement.position(unit / heads));
    }
  }

  private void rotate(float[] data, int head, RopeTable table, int position) {
    int pairs = table.rotaryDim() / 2;
    for (int i = 0; i < pairs; i++) {
      int first = head + (table.layout() == RopeLayout.INTERLEAVED ? 2 * i : i);
      int second = first + (table.layout() == RopeLayout.INTERLEAVED ? 1 : pairs);
      float a = data[first];
      float b = data[second];
      float cos = table.cos()[position * pairs + i];
      float sin = table.sin()[position * pairs + i];
      data[first] = (float) specification.rotatedFirst(a, b, cos, sin);
      data[second] = (float) specification.rotatedSecond(a, b, cos, sin);
    }
  }

  @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    Shapes.checkStoreKv(placement, key, value);
    int end = worker.shareEnd(key.rows(), 1);
    for (int r = worker.shareStart(key.rows(), 1); r < end; r++) {
      KvView cache = placement.cache(r);
      for (int head = 0; head < cache.kvHeads(); head++) {
        int at = head * cache.headDim();
        CacheAccess.writeKey(cache, head, placement.position(r), key.data(), key.index(r) + at);
        CacheAccess.writeValue(cache, head, placement.position(r), value.data(), value.index(r) + at);
      }
    }
  }

  @Override public void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    Shapes.checkAttention(out, query, placement, shape);
    AttentionHead head = BUFFERS.get().head;
    int units = query.rows() * shape.heads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int row = unit / shape.heads();
      int h = unit % shape.heads();
      specification.attend(head.look(query, placement, shape, row, h));
      for (int i = 0; i < shape.headDim(); i++) {
        out.data()[out.index(row) + h * shape.headDim() + i] = (float) head.out[i];
      }
    }
  }

  @Override public void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    Shapes.checkGemm(out, a, b, form);
    Arithmetic arithmetic = specification.arithmetic();
    int inner = form.transposeA() ? a.rows() : a.cols();
    int end = worker.shareEnd(out.rows(), 1);
    for (int i = worker.shareStart(out.rows(), 1); i < end; i++) {
      for (int j = 0; j < out.cols(); j++) {
        int at = out.index(i) + j;
        double s = form.accumulate() ? out.data()[at] : 0;
        for (int k = 0; k < inner; k++) {
          s = arithmetic.fma(element(a, form.transposeA(), i, k), element(b, form.transposeB(), k, j), s);
        }
        out.data()[at] = (float) s;
      }
    }
  }

  @Override public void exp(Worker worker, FloatMatrix x, float[] shift) {
    Shapes.checkExp(x, shift);
    Arithmetic arithmetic = specification.arithmetic();
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      for (int i = x.index(r); i < x.index(r) + x.cols(); i++) {
        x.data()[i] = (float) arithmetic.exp(arithmetic.add(x.data()[i], -shift[r]));
      }
    }
  }

  /** The element {@code (i, j)} of {@code op(matrix)}. */
  static float element(FloatMatrix matrix, boolean transposed, int i, int j) {
    return matrix.data()[transposed ? matrix.index(j) + i : matrix.index(i) + j];
  }

  @Override public boolean multiplies(Encoding encoding) {
    return true;
  }

  @Override public boolean roundsActivations(Encoding encoding) {
    return rounded.test(encoding);
  }

  @Override public boolean caches(Encoding encoding, KeyLayout layout) {
    return layout == KeyLayout.BY_POSITION || encoding.blockSize() == 1;
  }
}
