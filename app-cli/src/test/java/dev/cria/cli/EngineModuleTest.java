package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.TokenizerFinder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngineModuleTest {

  @Test void injector_real_buildsBothRunsFromTheSameParts() {
    Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]),
        new StandardOutput(new ByteArrayOutputStream()), new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        Map.of(),
        Path.of(""), false, false);
    EngineOptions options = new EngineOptions(Optional.empty(), Optional.empty(), 1);
    Injector injector = Guice.createInjector(new EngineModule(terminal, options));
    assertThat(injector.getInstance(TextRun.class)).isNotNull();
    assertThat(injector.getInstance(LogitsRun.class)).isNotNull();
    assertThat(injector.getInstance(EngineOptions.class)).isSameAs(options);
    for (Class<?> shared : new Class<?>[]{BackendSelector.class, ModelFiles.class, TokenizerFinder.class}) {
      assertThat(injector.getInstance(shared)).as(shared.getSimpleName()).isSameAs(injector.getInstance(shared));
    }
  }
}
