/**
 * The kernel in plain Java.
 *
 * <p>It is the specification: the order of its additions defines the bits that every exact kernel must produce. The twin
 * on the Vector API is in {@code dev.cria.vector}.
 */
@NullMarked
package dev.cria.scalar;

import org.jspecify.annotations.NullMarked;
