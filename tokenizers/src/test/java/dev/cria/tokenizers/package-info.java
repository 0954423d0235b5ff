/** Tests of the tokenizers, on vocabularies made here and, where they are at hand, on real ones. */
@NullMarked
package dev.cria.tokenizers;

import org.jspecify.annotations.NullMarked;
