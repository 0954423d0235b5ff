package dev.cria.inference;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What Flight Recorder is told of a token after the prompt. */
@Name("dev.cria.Token")
@Label("Token")
@Category("Cria")
@Description("A token that had been drawn was run, and the next one drawn")
@StackTrace(false)
final class TokenEvent extends Event {

  @Label("Position")
  @Description("Position of the token that was run; the first of the prompt has position 0") int position;
}
