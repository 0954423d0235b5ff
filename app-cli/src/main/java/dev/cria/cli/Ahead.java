package dev.cria.cli;

import com.google.inject.Guice;
import dev.cria.inference.BackendSelector;
import java.util.Optional;

/** Loads classes that a model will need on another thread, while the command line is still being read. */
final class Ahead {

  private Ahead() {}

  /** Begins. Nothing of it is kept, and nothing waits for it: what fails here fails again where it is reported. */
  static void begin() {
    Thread thread = new Thread(Ahead::load, "cria-ahead");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, why) -> {});
    thread.start();
  }

  private static void load() {
    BackendSelector.of(PluginClassLoader.get()).select(Optional.empty());
    Guice.createInjector();
  }
}
