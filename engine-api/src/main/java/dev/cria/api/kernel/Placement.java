package dev.cria.api.kernel;

/**
 * Where each row of a batch stands: the cache of its sequence, in the layer at hand, and its position there.
 *
 * <p>Rows may belong to one sequence (a prompt) or to many (a server's users). Methods are called per row and allocate
 * nothing.
 *
 * @since 0.1
 */
public interface Placement {

  /** Rows in the batch, at least 1. */
  int rows();

  /** The position of a row in its sequence, from 0. */
  int position(int row);

  /** The cache of a row's sequence. */
  KvView cache(int row);

  /** How many positions of the row's cache are filled once this batch is stored; more than its own position. */
  default int length(int row) {
    return position(row) + 1;
  }
}
