package dev.cria.inference;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What Flight Recorder is told of a prompt. */
@Name("dev.cria.Prompt")
@Label("Prompt")
@Category("Cria")
@Description("A prompt was run, from its first batch until the first token was drawn")
@StackTrace(false)
final class PromptEvent extends Event {

  @Label("Tokens")
  @Description("Tokens of the prompt, the beginning-of-text token included") int tokens;

  @Label("Batch")
  @Description("How many of them were run at a time, at most") int batch;
}
