package dev.cria.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much text is wanted, and how it is written.
 *
 * @param steps positions to run; 0 for the whole context, empty for the default
 * @param context positions to make room for; empty for what the model was made for
 * @param tokenizer the file named by {@code -z}
 * @param llama2cOutput whether to print as llama2.c does
 * @param stopStrings before which the text ends, none empty
 * @param logProbabilities how many of the likeliest tokens are printed with each; empty to print the text
 */
record TextChoice(OptionalInt steps, OptionalInt context, Optional<Path> tokenizer, boolean llama2cOutput,
    List<String> stopStrings, OptionalInt logProbabilities) {}
