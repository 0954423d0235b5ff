package dev.cria.inference;

import dev.cria.api.kernel.Worker;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Tells Flight Recorder, if asked to, how long each layer takes: as worker 0 meets it, which waits for the others. */
final class LayerTimer {

  private @Nullable LayerEvent event; // of worker 0 alone; made and kept for the reasons in GenerationEvents

  /** The worker begins a layer. */
  void begin(Worker worker) {
    if (worker.index() == 0 && FlightRecorder.isInitialized()) {
      if (event == null) {
        event = new LayerEvent();
      }
      event.begin();
    }
  }

  /** The worker has run all rows through that layer. */
  void end(Worker worker, int layer, int rows) {
    if (worker.index() == 0 && event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.layer = layer;
        event.rows = rows;
        event.commit();
      }
    }
  }
}
