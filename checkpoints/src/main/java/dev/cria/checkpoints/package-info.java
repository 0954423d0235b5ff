/**
 * Model files, read into one neutral checkpoint.
 *
 * <p>A format recognises a file by its content, validates every size to the byte, and hands out weights that stay mapped.
 */
@NullMarked
package dev.cria.checkpoints;

import org.jspecify.annotations.NullMarked;
