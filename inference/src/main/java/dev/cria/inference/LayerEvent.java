package dev.cria.inference;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What Flight Recorder is told of one layer of a forward pass, if the user's settings ask for it. */
@Name("dev.cria.Layer")
@Label("Layer")
@Category("Cria")
@Description("One layer of a forward pass, as the thread that called it met it, waiting for the other threads included")
@Enabled(false)
@StackTrace(false)
final class LayerEvent extends Event {

  @Label("Layer")
  @Description("The first layer is 0") int layer;

  @Label("Rows")
  @Description("Tokens that went through it together") int rows;
}
