/**
 * The command {@code cria}.
 *
 * <p>Start at {@code Main}, then {@code CommandLines}: there is one class for each command, and one for each set of options
 * that they share. A command checks its options, then hands what is wanted to a class that does it ({@code TextRun},
 * {@code LogitsRun}), which {@code EngineModule} wires: the one place where Guice is used, and only by commands that run a
 * model, since it costs a moment of every start. {@code cria bench}, which runs one model in many ways, does without.
 * {@code FailureReport} turns whatever goes wrong into one line and an {@code ExitCode}. What users see, text, figures and
 * messages, is written here and nowhere else; {@code Terminal} is what it is written to.
 */
@NullMarked
package dev.cria.cli;

import org.jspecify.annotations.NullMarked;
