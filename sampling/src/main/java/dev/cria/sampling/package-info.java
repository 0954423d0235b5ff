/**
 * From logits to the next token.
 *
 * <p>Steps narrow or reshape the candidates in a stated order, then one draw picks; all chance comes from the generator
 * that the caller gives.
 */
@NullMarked
package dev.cria.sampling;

import org.jspecify.annotations.NullMarked;
