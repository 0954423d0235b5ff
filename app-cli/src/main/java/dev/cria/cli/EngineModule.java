package dev.cria.cli;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.TokenizerFinder;

/** Wires one run of the engine. */
final class EngineModule extends AbstractModule {

  private final Terminal terminal;
  private final EngineOptions options;

  EngineModule(Terminal terminal, EngineOptions options) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.options = requireNonNull(options, "options is null");
  }

  @Override protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    bind(Terminal.class).toInstance(terminal);
    bind(EngineOptions.class).toInstance(options);
    bind(TextRun.class);
    bind(LogitsRun.class);
    bind(PerplexityRun.class);
  }

  @Provides
  @Singleton ModelFiles models() {
    return ModelFiles.of(terminal);
  }

  @Provides
  @Singleton BackendSelector backends() {
    return BackendSelector.of(PluginClassLoader.get());
  }

  @Provides
  @Singleton TokenizerFinder tokenizers() {
    return new TokenizerFinder(terminal.folder());
  }
}
