/**
 * How weights are written down: one class per encoding.
 *
 * <p>Each knows the size of its blocks and how to decode and encode a row, in plain Java. Kernels multiply any of them.
 * Start at {@link dev.cria.encodings.F32Encoding}, the plainest.
 */
@NullMarked
package dev.cria.encodings;

import org.jspecify.annotations.NullMarked;
