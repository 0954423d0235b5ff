package dev.cria.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say how a conversation is set up. */
@Command(optionListHeading = "%nThe conversation:%n")
final class ChatFlags {

  @Option(names = {"-y", "--system"}, paramLabel = "TEXT", description = {
      "System prompt: how the model should behave. Default: that of the template, if it has one."}) private @Nullable String system;

  @Option(names = "--chat-template", paramLabel = "NAME", description = {
      "How a conversation is written: llama2, llama3, llama3.1, mistral-v1, mistral-v3, mistral-v3-tekken, chatml, qwen1.5, qwen2, qwen2.5, smollm, zephyr, plain. Default: as the model says."}) private @Nullable String template;

  /** The system prompt, if it is given. */
  Optional<String> system() {
    return Optional.ofNullable(system).map(text -> Utf8.requireWhole("The system prompt (-y)", text));
  }

  /** The template's name, if it is given. */
  Optional<String> template() {
    return Optional.ofNullable(template);
  }

  /** The first of the options that is given. */
  Optional<String> given() {
    return system != null ? Optional.of("-y") : template != null ? Optional.of("--chat-template") : Optional.empty();
  }
}
