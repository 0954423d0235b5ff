package dev.cria.cli;

import java.util.Objects;

/** Where providers are looked for: the class path, to which the launcher has added the plugins. */
final class PluginClassLoader {

  private PluginClassLoader() {}

  static ClassLoader get() {
    return Objects.requireNonNullElse(Thread.currentThread().getContextClassLoader(),
        ClassLoader.getSystemClassLoader());
  }
}
