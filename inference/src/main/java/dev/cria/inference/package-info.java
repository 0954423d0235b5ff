/**
 * The engine proper: the forward pass, the key-value cache, the thread team and the generation of text.
 *
 * <p>The forward pass reads like the paper, over a kernel that it knows only as an SPI.
 */
@NullMarked
package dev.cria.inference;

import org.jspecify.annotations.NullMarked;
