package dev.cria.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to run, and on what.
 *
 * @param model the file, or empty for the built-in checkpoint
 * @param backend by name, or empty for the best
 * @param threads at least 1
 */
record EngineOptions(Optional<Path> model, Optional<String> backend, int threads) {}
