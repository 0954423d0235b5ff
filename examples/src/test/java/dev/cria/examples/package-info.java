/**
 * The examples, used as their readers use them.
 *
 * <p>Maven builds each example first, by itself, against the jars of this build; the tests here then run the launcher with
 * what came out.
 */
@NullMarked
package dev.cria.examples;

import org.jspecify.annotations.NullMarked;
