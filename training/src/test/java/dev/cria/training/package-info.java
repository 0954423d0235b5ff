/** Tests of training. */
@NullMarked
package dev.cria.training;

import org.jspecify.annotations.NullMarked;
