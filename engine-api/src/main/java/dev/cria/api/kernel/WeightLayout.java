package dev.cria.api.kernel;

/**
 * How the rows of a {@link WeightMatrix} lie in memory.
 *
 * <p>A kernel may have layouts of its own; it recognises them by identity or type, and others by {@link #ROW_MAJOR} alone.
 *
 * @since 0.1
 */
public interface WeightLayout {

  /** Row after row, each {@link Encoding#rowBytes} long: what files hold and every kernel takes. */
  WeightLayout ROW_MAJOR = new WeightLayout() {
    @Override public String name() {
      return "row-major";
    }

    @Override public long byteSize(int rows, int cols, Encoding encoding) {
      return Math.multiplyExact((long) rows, encoding.rowBytes(cols));
    }

    @Override public String toString() {
      return name();
    }
  };

  /** The name, for messages. */
  String name();

  /** Bytes of a matrix in this layout, so that memory can be reckoned before anything is loaded. */
  long byteSize(int rows, int cols, Encoding encoding);
}
