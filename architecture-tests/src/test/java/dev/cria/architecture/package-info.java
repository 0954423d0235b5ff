/**
 * What must stay true of all modules together.
 *
 * <p>Start at {@link LayersTest}: who may use whom. {@link BoundariesTest} keeps each library in its place, and
 * {@link StyleTest} holds what can be held of the rules of CONTRIBUTING.md.
 */
@NullMarked
package dev.cria.architecture;

import org.jspecify.annotations.NullMarked;
