package dev.cria.cli;

import dev.cria.api.NearestName;
import dev.cria.inference.ChatMessage;
import dev.cria.inference.ChatOptions;
import dev.cria.inference.ChatSession;
import dev.cria.inference.TokenTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What lines that begin with a slash do. */
final class ChatCommands {

  /** What comes after a command. */
  enum Next {
    /** The next message. */
    GO_ON,
    /** The last message is answered once more. */
    ANSWER_AGAIN,
    /** Nothing. */
    LEAVE
  }

  private static final SequencedMap<String, String> HELP = new TreeMap<>(Map.of(
      "/help", "what can be done",
      "/reset", "forget all messages; the system prompt stays",
      "/undo", "take back the last message and its answer",
      "/regenerate", "answer the last message once more",
      "/system", "[TEXT]: show the system prompt, or set it; the messages stay",
      "/params", "[NAME=VALUE…]: show or set temperature, top-p, sampler, seed, max-tokens",
      "/tokens", "how much of the context is used",
      "/save", "FILE: write the conversation, as JSON",
      "/load", "FILE: replace the conversation by a saved one",
      "/exit", "leave; so does Ctrl-D"));

  private final Terminal terminal;
  private final ChatSession session;
  private final ChatSampling sampling;
  private final TokenTexts texts;

  ChatCommands(Terminal terminal, ChatSession session, ChatSampling sampling, TokenTexts texts) {
    this.terminal = terminal;
    this.session = session;
    this.sampling = sampling;
    this.texts = texts;
  }

  /** Their names. */
  static List<String> names() {
    return List.copyOf(HELP.keySet());
  }

  /**
   * Does one.
   *
   * @throws UsageException if there is none like that
   */
  Next run(String line) throws IOException {
    String[] parts = line.strip().split("\\s+", 2);
    String argument = parts.length > 1 ? parts[1] : "";
    switch (parts[0]) {
      case "/help" -> help();
      case "/reset" -> {
        session.reset();
        terminal.say("All messages are forgotten.");
      }
      case "/undo" -> undo();
      case "/regenerate" -> {
        requireMessages();
        return Next.ANSWER_AGAIN;
      }
      case "/system" -> system(argument);
      case "/params" -> params(argument);
      case "/tokens" -> tokens();
      case "/save" -> {
        session.save(file(parts[0], argument));
        terminal.say("Saved " + count(session.turns()) + " to " + argument + ".");
      }
      case "/load" -> {
        session.load(file(parts[0], argument));
        terminal.say("Loaded " + count(session.turns()) + " from " + argument + ".");
      }
      case "/exit" -> {
        return Next.LEAVE;
      }
      default -> throw new UsageException("Unknown command '" + parts[0] + "'. Available: "
          + String.join(", ", names()) + "." + NearestName.of(parts[0], names())
              .map(near -> " Did you mean '" + near + "'?").orElse("")
          + " // stands for a message that begins with /.");
    }
    return Next.GO_ON;
  }

  private void help() {
    HELP.forEach((name, text) -> terminal.say(name + (text.matches("[A-Z\\[].*") ? " " : ": ") + text));
    terminal.say("A line that ends with \\ goes on in the next; so do lines between \"\"\" and \"\"\".");
  }

  private void undo() {
    requireMessages();
    session.truncate(session.turns() - 1);
    terminal.say("Taken back: " + count(session.turns()) + " left.");
  }

  private void requireMessages() {
    if (session.turns() == 0) {
      throw new UsageException("There is no message yet.");
    }
  }

  private void system(String text) {
    if (!text.isEmpty()) {
      session.system(text);
      terminal.say("The system prompt is set"
          + (session.turns() == 0 ? "." : "; the messages so far stay, /reset forgets them."));
      return;
    }
    List<ChatMessage> messages = session.messages();
    boolean set = !messages.isEmpty() && messages.getFirst().role() == ChatMessage.Role.SYSTEM;
    terminal.say(set
        ? messages.getFirst().text()
        : session.template().defaultSystem().filter(standard -> !standard.isEmpty())
            .map(standard -> standard + " (of the template)").orElse("There is no system prompt."));
  }

  private void params(String text) {
    List<String> settings = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1)));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new UsageException("/params takes NAME=VALUE, got '" + setting + "'.");
      }
      String name = setting.substring(0, equals);
      String value = setting.substring(equals + 1);
      if (name.equals("max-tokens")) {
        session.options(session.options().maxTokens(Numbers.whole(name, value, 0, Integer.MAX_VALUE)));
      } else {
        session.sampler(sampling.change(name, value, texts));
      }
    }
    ChatOptions options = session.options();
    terminal.say(sampling.describe() + " max-tokens=" + options.maxTokens());
  }

  private void tokens() {
    int used = session.usedPositions();
    terminal.say(used + " of " + session.contextLength() + " tokens of the context are used, "
        + (session.contextLength() - used) + " are left; " + count(session.turns()) + (session.forgottenTurns() == 0
            ? ""
            : ", of which the model no longer sees the first " + session.forgottenTurns())
        + ".");
  }

  private Path file(String command, String name) {
    if (name.isEmpty()) {
      throw new UsageException(command + " needs the name of a file.");
    }
    return terminal.folder().resolve(name);
  }

  private static String count(int turns) {
    return turns == 1 ? "1 message with its answer" : turns + " messages with their answers";
  }
}
