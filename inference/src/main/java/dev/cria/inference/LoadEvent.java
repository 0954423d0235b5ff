package dev.cria.inference;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What Flight Recorder is told of the loading of a model. */
@Name("dev.cria.Load")
@Label("Model Load")
@Category("Cria")
@Description("A model was opened on a backend: its weights mapped or repacked")
@StackTrace(false)
final class LoadEvent extends Event {

  @Label("Model")
  @Description("The file, or what it is instead") String model = "";

  @Label("Size")
  @Description("Bytes of the model")
  @DataAmount long bytes;

  @Label("Backend") String backend = "";

  @Label("Threads")
  @Description("CPU threads that compute") int threads;
}
