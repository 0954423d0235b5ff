/** Tests of the value types and checks of the Kernel SPI. */
@NullMarked
package dev.cria.api.kernel;

import org.jspecify.annotations.NullMarked;
