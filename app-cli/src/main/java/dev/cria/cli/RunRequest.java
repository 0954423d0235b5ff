package dev.cria.cli;

/**
 * What {@code cria run} is to do with its model.
 *
 * @param prompt what the text begins with, or empty
 * @param text how much is wanted, and how it is written
 * @param sampling how tokens are chosen
 * @param verbose whether to say more
 */
record RunRequest(String prompt, TextChoice text, SamplingChoice sampling, boolean verbose) {}
