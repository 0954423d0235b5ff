/**
 * What an engine is made of, as interfaces, and the values that cross them.
 *
 * <p>A kernel does the numeric work of one model, a sampler picks the next token, a checkpoint format reads a file, an
 * encoding says what the bytes of a weight mean. Each is found by {@link java.util.ServiceLoader} and chosen by name.
 * Nothing here computes, and nothing here needs more than {@code java.base}.
 */
@NullMarked
package dev.cria.api;

import org.jspecify.annotations.NullMarked;
