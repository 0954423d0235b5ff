/**
 * The kernel on the JDK Vector API.
 *
 * <p>A lane is an output, never a slice of a sum, so the bits are those of {@code dev.cria.scalar} at every vector width.
 * Needs {@code --add-modules jdk.incubator.vector}.
 */
@NullMarked
package dev.cria.vector;

import org.jspecify.annotations.NullMarked;
