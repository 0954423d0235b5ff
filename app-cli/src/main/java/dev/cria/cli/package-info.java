/**
 * The command {@code cria}.
 *
 * <p>Commands are parsed by picocli and wired by Guice here and nowhere else. What users see, text, figures and messages,
 * is written here.
 */
@NullMarked
package dev.cria.cli;

import org.jspecify.annotations.NullMarked;
