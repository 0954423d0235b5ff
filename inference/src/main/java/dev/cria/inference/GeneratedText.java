package dev.cria.inference;

/**
 * A generated text.
 *
 * @param text the prompt and its continuation
 * @param reason why it ended
 * @param figures how it went
 */
public record GeneratedText(String text, StopReason reason, GenerationFigures figures) {}
