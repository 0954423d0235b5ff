package dev.cria.cli;

import com.google.inject.Guice;
import dev.cria.inference.BackendSelector;

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

  /** Backends are looked for and asked whether they can run, and none is made: that is for who chooses one. */
  private static void load() {
    BackendSelector.of(PluginClassLoader.get());
    Guice.createInjector();
  }
}
