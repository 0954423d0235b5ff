package dev.cria.api.kernel;

import java.util.List;

/**
 * The checks that every kernel makes before it writes anything, with their messages.
 *
 * <p>A kernel calls the one for its operation first, so that all refuse the same arguments in the same words.
 *
 * @since 0.1
 */
public final class Shapes {

  private Shapes() {}

  /** Checks the arguments of {@link Kernel#embed}. */
  public static void checkEmbed(FloatMatrix out, WeightMatrix table, int[] tokens) {
    if (!table.layout().equals(WeightLayout.ROW_MAJOR)) {
      throw new IllegalArgumentException("embed: table is in " + table.layout().name() + "; it must be row-major");
    }
    if (out.cols() != table.cols()) {
      throw new IllegalArgumentException(
          "embed: table is " + table.shape() + ", out is " + out.shape() + "; out must have " + table.cols()
              + " columns");
    }
    if (tokens.length < out.rows()) {
      throw new IllegalArgumentException(
          "embed: out is " + out.shape() + "; needs " + out.rows() + " tokens, got " + tokens.length);
    }
    for (int r = 0; r < out.rows(); r++) {
      if (tokens[r] < 0 || tokens[r] >= table.rows()) {
        throw new IllegalArgumentException(
            "embed: token " + tokens[r] + " of row " + r + " is not in [0, " + table.rows() + ")");
      }
    }
  }

  /** Checks the arguments of {@link Kernel#rmsNorm}. */
  public static void checkRmsNorm(FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    if (out.rows() != x.rows() || out.cols() != x.cols()) {
      throw new IllegalArgumentException(
          "rmsNorm: x is " + x.shape() + ", out is " + out.shape() + "; they must have the same shape");
    }
    if (gain.length != x.cols()) {
      throw new IllegalArgumentException(
          "rmsNorm: x is " + x.shape() + ", gain is (" + gain.length + "); gain must have " + x.cols() + " elements");
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("rmsNorm: epsilon must be positive, got " + epsilon);
    }
  }

  /** Checks the arguments of {@link Kernel#matmul}. */
  public static void checkMatmul(List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    WeightMatrix first = product.weights().getFirst();
    if (x.cols() != first.cols()) {
      throw new IllegalArgumentException("matmul: " + first.name() + " is " + first.shape() + ", x is " + x.shape()
          + "; x must have " + first.cols() + " columns");
    }
    if (out.size() != product.outputs()) {
      throw new IllegalArgumentException("matmul: needs " + product.outputs() + " outputs, got " + out.size());
    }
    for (int m = 0; m < out.size(); m++) {
      FloatMatrix o = out.get(m);
      WeightMatrix w = product.weights().get(m);
      if (o.rows() != x.rows() || o.cols() != w.rows()) {
        throw new IllegalArgumentException("matmul: " + w.name() + " is " + w.shape() + ", x is " + x.shape()
            + ", out is " + o.shape() + "; out must be (" + x.rows() + ", " + w.rows() + ")");
      }
    }
  }

  /** Checks the arguments of {@link Kernel#rope}. */
  public static void checkRope(FloatMatrix x, RopeTable table, Placement placement) {
    if (x.cols() % table.headDim() != 0) {
      throw new IllegalArgumentException("rope: x is " + x.shape() + "; its columns must be a multiple of headDim "
          + table.headDim());
    }
    checkRows("rope", x, placement);
    for (int r = 0; r < x.rows(); r++) {
      checkPosition("rope", r, placement.position(r), table.positions());
    }
  }

  /** Checks the arguments of {@link Kernel#storeKv}. */
  public static void checkStoreKv(Placement placement, FloatMatrix key, FloatMatrix value) {
    checkRows("storeKv", key, placement);
    checkRows("storeKv", value, placement);
    for (int r = 0; r < key.rows(); r++) {
      KvView cache = placement.cache(r);
      int width = cache.kvHeads() * cache.headDim();
      if (key.cols() != width || value.cols() != width) {
        throw new IllegalArgumentException("storeKv: the cache has " + cache.kvHeads() + " heads of " + cache.headDim()
            + ", key is " + key.shape() + ", value is " + value.shape() + "; both must have " + width + " columns");
      }
      checkPosition("storeKv", r, placement.position(r), cache.capacity());
    }
  }

  /** Checks the arguments of {@link Kernel#attention}. */
  public static void checkAttention(FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    int width = shape.heads() * shape.headDim();
    if (query.cols() != width || out.cols() != width || out.rows() != query.rows()) {
      throw new IllegalArgumentException("attention: " + shape.heads() + " heads of " + shape.headDim() + ", query is "
          + query.shape() + ", out is " + out.shape() + "; both must be (" + query.rows() + ", " + width + ")");
    }
    checkRows("attention", query, placement);
    for (int r = 0; r < query.rows(); r++) {
      KvView cache = placement.cache(r);
      if (cache.kvHeads() != shape.kvHeads() || cache.headDim() != shape.headDim()) {
        throw new IllegalArgumentException("attention: " + shape.kvHeads() + " key-value heads of " + shape.headDim()
            + ", the cache of row " + r + " has " + cache.kvHeads() + " of " + cache.headDim());
      }
      int length = placement.length(r);
      checkPosition("attention", r, placement.position(r), length);
      if (length > cache.capacity()) {
        throw new IllegalArgumentException(
            "attention: row " + r + " has " + length + " positions, its cache holds " + cache.capacity());
      }
    }
  }

  /** Checks the arguments of {@link Kernel#gemm}. */
  public static void checkGemm(FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    int m = form.transposeA() ? a.cols() : a.rows();
    int k = form.transposeA() ? a.rows() : a.cols();
    int kOfB = form.transposeB() ? b.cols() : b.rows();
    int n = form.transposeB() ? b.rows() : b.cols();
    if (k != kOfB || out.rows() != m || out.cols() != n) {
      throw new IllegalArgumentException("gemm: op(a) is (" + m + ", " + k + "), op(b) is (" + kOfB + ", " + n
          + "), out is " + out.shape() + "; out must be (" + m + ", " + n + ") and the inner sizes equal");
    }
  }

  /** Checks the arguments of {@link Kernel#exp}. */
  public static void checkExp(FloatMatrix x, float[] shift) {
    if (shift.length < x.rows()) {
      throw new IllegalArgumentException(
          "exp: x is " + x.shape() + "; needs " + x.rows() + " shifts, got " + shift.length);
    }
  }

  /** Checks that two matrices of one kernel's layout are one before and one after {@link Kernel#prepare}. */
  public static void checkPrepare(WeightMatrix out, WeightMatrix in, WeightLayout layout) {
    if (!in.layout().equals(WeightLayout.ROW_MAJOR) || !out.layout().equals(layout) || in.rows() != out.rows()
        || in.cols() != out.cols() || !in.encoding().name().equals(out.encoding().name())) {
      throw new IllegalArgumentException(
          "prepare: " + in.name() + " is " + in.shape() + " " + in.encoding().name() + " "
              + in.layout().name() + ", out is " + out.shape() + " " + out.encoding().name() + " " + out.layout().name()
              + "; out must be the same matrix in layout " + layout.name());
    }
  }

  private static void checkRows(String operation, FloatMatrix x, Placement placement) {
    if (placement.rows() != x.rows()) {
      throw new IllegalArgumentException(operation + ": got a matrix " + x.shape() + " and places for "
          + placement.rows() + " rows; they must agree");
    }
  }

  private static void checkPosition(String operation, int row, int position, int limit) {
    if (position < 0 || position >= limit) {
      throw new IllegalArgumentException(
          operation + ": position " + position + " of row " + row + " is not in [0, " + limit + ")");
    }
  }
}
