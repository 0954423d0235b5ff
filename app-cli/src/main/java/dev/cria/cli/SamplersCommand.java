package dev.cria.cli;

import dev.cria.api.Providers;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerProvider;
import dev.cria.sampling.SamplerPreset;
import dev.cria.sampling.SamplerProviders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code cria samplers}: what {@code --sampler} can name. */
@Command(name = "samplers", description = "List what --sampler can name: steps, draws and presets.", customSynopsis = "cria samplers [OPTIONS]", footer = {
    "",
    "Examples:",
    "  --sampler top-k=40,min-p=0.05,temperature=0.8   steps in their order",
    "  --sampler llama.cpp,temperature=0.5,dry=0.8     a preset, changed in place",
    "  --sampler \"dry=0.8:base=2:breaker=\\n,mirostat\"   more parameters, and a draw",
    "",
    "The first parameter follows the name, others follow colons. Plugins: jars on",
    "CRIA_CLASSPATH, or in 'plugins' beside the launcher."})
final class SamplersCommand implements Callable<Integer> {

  private final Terminal terminal;

  SamplersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    SamplerProviders providers = SamplerProviders.of(PluginClassLoader.get());
    StringBuilder out = new StringBuilder();
    out.append(list("Steps, in any order:", providers.steps())).append('\n');
    out.append(list("Draws, at the end; multinomial if none is named:", providers.draws())).append('\n');
    out.append("Presets:\n");
    for (SamplerPreset preset : SamplerPreset.all()) {
      out.append(Table.paragraph("  ", preset.name() + ": " + preset.summary(), terminal.width()));
      out.append(Table.paragraph("      ", preset.text().replace(",", ", "), terminal.width()));
    }
    out.append(broken(providers));
    terminal.out().print(out.toString());
    return ExitCode.SUCCESS;
  }

  private <T extends SamplerProvider> String list(String title, Providers<T> providers) {
    StringBuilder out = new StringBuilder(title).append('\n');
    for (Providers.Found<T> found : providers.found()) {
      T provider = found.provider();
      out.append(paragraph("  ", provider.name() + ": " + provider.summary()));
      for (SamplerParameter parameter : provider.parameters()) {
        out.append(paragraph("      ", describe(parameter)));
      }
      out.append(paragraph("      ", "from " + found.origin()));
      found.availability().reason().ifPresent(reason -> out.append(paragraph("      ", "cannot run here: " + reason)));
    }
    return out.toString();
  }

  private String paragraph(String indent, String text) {
    return Table.paragraph(indent, Terminal.printable(text), terminal.width());
  }

  private static String describe(SamplerParameter parameter) {
    String standard = parameter.standard().stream().map(SamplersCommand::visible).collect(Collectors.joining(" "));
    return parameter.name() + ": " + parameter.meaning() + "; " + parameter.range()
        + (standard.isEmpty() ? "" : "; default " + standard);
  }

  private static String visible(String text) {
    return text.replace("\n", "\\n").replace("\t", "\\t");
  }

  private String broken(SamplerProviders providers) {
    List<Providers.Broken> all = new ArrayList<>(providers.steps().broken());
    all.addAll(providers.draws().broken());
    StringBuilder out = new StringBuilder();
    for (Providers.Broken broken : all) {
      out.append('\n').append(paragraph("", "Broken: " + broken.className() + " from " + broken.origin()))
          .append(paragraph("    ", broken.reason()));
    }
    return out.toString();
  }
}
