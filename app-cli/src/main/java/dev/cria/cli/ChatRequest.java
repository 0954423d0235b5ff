package dev.cria.cli;

import java.util.Optional;

/**
 * A conversation that is wanted.
 *
 * @param first what is said first, if anything
 * @param goesOn whether more is read from standard input, and not only the first message answered
 * @param asksForSystem whether the first line of standard input is the system prompt, as in llama2.c
 * @param system the system prompt
 * @param template the template's name
 * @param text how long answers are, and where they end
 * @param sampling how tokens are chosen
 * @param verbose whether to say more
 */
record ChatRequest(Optional<String> first, boolean goesOn, boolean asksForSystem, Optional<String> system,
    Optional<String> template, TextChoice text, SamplingChoice sampling, boolean verbose) {}
