/** Tests of finding, naming and choosing providers, with plugins that are compiled from source on the spot. */
@NullMarked
package dev.cria.api;

import org.jspecify.annotations.NullMarked;
