package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.inference.ChatMessage.Role;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations with a model that says what a script says; each byte of a text is a token. */
@SuppressWarnings("StringConcatToTextBlock") // prompts are cut where lines of this file end, not where theirs do
final class ChatSessionTest {

  private static final int END = 257; // <|im_end|>
  private static final int CONTEXT = 200;

  @TempDir Path folder;

  private final ScriptedExecutor executor = new ScriptedExecutor(259, CONTEXT, 1000);
  private final ScriptedSampler script = new ScriptedSampler();

  private ChatSession session(String template) {
    ChatTemplate chosen = ChatTemplates.named(template);
    return new ChatSession(executor, ChatFormat.of(chosen, ChatVocabularies.of(chosen)), script);
  }

  private ChatSession session() {
    return session("chatml");
  }

  private void willSay(String text) {
    script.says(tokenizer(), text, END);
  }

  private static Tokenizer tokenizer() {
    return ChatVocabularies.of(ChatTemplates.CHATML);
  }

  /** Positions that were run since the last time. */
  private int run() {
    int rows = executor.batches.stream().mapToInt(batch -> batch.split(" ", -1).length).sum();
    executor.batches.clear();
    return rows;
  }

  private static int length(String text) {
    return tokenizer().encode(text, new dev.cria.tokenizers.EncodeOptions(false, false, true)).length;
  }

  private static ChatMessage message(Role role, String text) {
    return new ChatMessage(role, text);
  }

  @Test void send_answer_isToldAndKept() {
    try (ChatSession chat = session()) {
      chat.system("Be brief.");
      willSay("Hi there");
      List<String> pieces = new ArrayList<>();
      ChatAnswer answer = chat.send("Hello", pieces::add);
      assertThat(answer.text()).isEqualTo("Hi there").isEqualTo(String.join("", pieces));
      assertThat(pieces).as("told piece by piece").hasSize(8);
      assertThat(answer.reason()).isEqualTo(StopReason.STOP_TOKEN);
      int prompt = length("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n"
          + "<|im_start|>assistant\n");
      assertThat(answer.usage()).isEqualTo(new ChatAnswer.Usage(prompt, 0, 9, 0, false));
      assertThat(answer.figures().promptTokens()).isEqualTo(prompt);
      assertThat(chat.messages()).containsExactly(message(Role.SYSTEM, "Be brief."), message(Role.USER, "Hello"),
          message(Role.ASSISTANT, "Hi there"));
    }
  }

  @Test void send_again_runsOnlyWhatIsNew() {
    try (ChatSession chat = session()) {
      willSay("One.");
      chat.send("First");
      assertThat(run()).as("prompt, and the answer but for its end")
          .isEqualTo(length("<|im_start|>user\nFirst<|im_end|>\n<|im_start|>assistant\nOne."));
      willSay("Two.");
      ChatAnswer second = chat.send("Second");
      assertThat(run()).as("from the end of the first answer on")
          .isEqualTo(length("<|im_end|>\n<|im_start|>user\nSecond<|im_end|>\n<|im_start|>assistant\nTwo."));
      assertThat(second.usage().reusedTokens())
          .isEqualTo(length("<|im_start|>user\nFirst<|im_end|>\n<|im_start|>assistant\nOne."));
    }
  }

  @Test void messages_edited_keepWhatIsBeforeTheEdit() {
    try (ChatSession chat = session()) {
      willSay("One.");
      chat.send("First");
      willSay("Two.");
      chat.send("Second");
      run();
      List<ChatMessage> edited = new ArrayList<>(chat.messages());
      edited.set(3, message(Role.ASSISTANT, "Tw0."));
      chat.messages(edited);
      willSay("Three.");
      chat.send("Third");
      assertThat(run()).as("from the edited letter on")
          .isEqualTo(length("0.<|im_end|>\n<|im_start|>user\nThird<|im_end|>\n<|im_start|>assistant\nThree."));
      assertThat(chat.messages()).hasSize(6).contains(message(Role.ASSISTANT, "Tw0."));
    }
  }

  @Test void regenerateAndTruncate_reuseTheCache() {
    try (ChatSession chat = session()) {
      assertThatThrownBy(() -> chat.regenerate(piece -> {})).isInstanceOf(IllegalStateException.class)
          .hasMessage("there is no message to answer yet");
      willSay("One.");
      chat.send("First");
      run();
      willSay("Uno.");
      assertThat(chat.regenerate(piece -> {}).text()).isEqualTo("Uno.");
      assertThat(run()).as("the last position of the prompt, whose logits are wanted").isEqualTo(length("\nUno."));
      assertThat(chat.messages()).containsExactly(message(Role.USER, "First"), message(Role.ASSISTANT, "Uno."));
      chat.reset();
      assertThat(chat.messages()).isEmpty();
      willSay("Fin.");
      chat.send("Finally");
      assertThat(run()).as("from the second letter of the message on")
          .isEqualTo(length("nally<|im_end|>\n<|im_start|>assistant\nFin."));
      assertThatIllegalArgumentException().isThrownBy(() -> chat.truncate(2))
          .withMessage("there are 1 turns, so 0 to 1 can be kept, got 2");
    }
  }

  @Test void cancel_inAnAnswer_keepsWhatCame() throws Exception {
    try (ChatSession chat = session()) {
      willSay("abcdef");
      ChatAnswer answer = chat.send("Letters", piece -> {
        if (piece.equals("c")) {
          Thread other = Thread.ofPlatform().start(chat::cancel);
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      });
      assertThat(answer.reason()).isEqualTo(StopReason.CANCELLED);
      assertThat(answer.text()).isEqualTo("abc");
      assertThat(chat.messages().getLast()).isEqualTo(message(Role.ASSISTANT, "abc"));
      ScriptedSampler more = new ScriptedSampler().says(tokenizer(), "more", END);
      chat.sampler(more);
      chat.cancel(); // between answers: cancels nothing
      assertThat(chat.send("Go on").text()).isEqualTo("more");
      assertThat(chat.prompt()).contains("<|im_start|>assistant\nabc<|im_end|>\n<|im_start|>user\nGo on<|im_end|>");
    }
  }

  @Test void send_listenerThrows_keepsWhatWasTold() {
    try (ChatSession chat = session()) {
      willSay("abc");
      assertThatThrownBy(() -> chat.send("Letters", piece -> {
        throw new IllegalStateException("full");
      })).hasMessage("full");
      assertThat(chat.messages().getLast()).isEqualTo(message(Role.ASSISTANT, "a"));
    }
  }

  @Test void send_stopString_endsBeforeItAndForGood() {
    try (ChatSession chat = session()) {
      chat.options(ChatOptions.DEFAULT.stopStrings(List.of("\nUser:")));
      willSay("Hello\nUser: me");
      ChatAnswer answer = chat.send("Hi");
      assertThat(answer.text()).isEqualTo("Hello");
      assertThat(answer.reason()).isEqualTo(StopReason.STOP_STRING);
      chat.sampler(new ScriptedSampler().says(tokenizer(), "x", END));
      chat.send("Again");
      assertThat(chat.prompt()).contains("assistant\nHello<|im_end|>\n").doesNotContain("User:");
    }
  }

  @Test void send_limits_areSaid() {
    try (ChatSession chat = session()) {
      chat.options(ChatOptions.DEFAULT.maxTokens(3));
      willSay("abcdef");
      ChatAnswer answer = chat.send("Hi");
      assertThat(answer.text()).isEqualTo("abc");
      assertThat(answer.reason()).isEqualTo(StopReason.LENGTH);
      assertThat(answer.usage().contextFull()).isFalse();
      chat.options(ChatOptions.DEFAULT);
      chat.reset();
      chat.sampler(new ScriptedSampler().says(tokenizer(), "x".repeat(500), END));
      ChatAnswer full = chat.send("Hi");
      assertThat(full.reason()).isEqualTo(StopReason.LENGTH);
      assertThat(full.usage().contextFull()).isTrue();
      assertThat(full.usage().promptTokens() + full.text().length()).as("all positions, and one token drawn")
          .isEqualTo(CONTEXT + 1);
    }
  }

  @Test void send_contextFull_forgetsTheOldestTurnsUntilHalfIsFree() {
    try (ChatSession chat = session()) {
      chat.system("S.");
      int forgotten = 0;
      List<Integer> prompts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        willSay("Answer " + i);
        ChatAnswer answer = chat.send("Message " + i);
        forgotten += answer.usage().forgottenTurns();
        assertThat(chat.forgottenTurns()).isEqualTo(forgotten);
        prompts.add(answer.usage().promptTokens());
        assertThat(answer.usage().promptTokens() + CONTEXT / 8).as("prompt and reserve").isLessThanOrEqualTo(CONTEXT);
        assertThat(answer.usage().forgottenTurns() == 0 || answer.usage().promptTokens() <= CONTEXT / 2)
            .as("half is free after turn %d", i).isTrue();
        assertThat(chat.prompt()).startsWith("<|im_start|>system\nS.<|im_end|>\n<|im_start|>user\nMessage " + forgotten)
            .endsWith("Message " + i + "<|im_end|>\n<|im_start|>assistant\n");
      }
      assertThat(forgotten).as("turns of %s", prompts).isBetween(2, 7);
      assertThat(chat.messages()).as("nothing is lost").hasSize(17);
    }
  }

  @Test void send_messageTooLong_isRefusedAndNothingChanges() {
    try (ChatSession chat = session()) {
      willSay("One.");
      chat.send("First");
      List<ChatMessage> before = chat.messages();
      run();
      assertThatThrownBy(() -> chat.send("x".repeat(CONTEXT))).isInstanceOf(MessageTooLongException.class)
          .hasMessageMatching(
              "the message, with the system prompt and the marks of its turn, has 2\\d\\d tokens, but the"
                  + " context holds 200 and an answer needs room, too; shorten it");
      assertThat(chat.messages()).isEqualTo(before);
      assertThat(chat.forgottenTurns()).isZero();
      willSay("Two.");
      chat.send("Second");
      assertThat(run()).as("the cache is there still")
          .isEqualTo(length("<|im_end|>\n<|im_start|>user\nSecond<|im_end|>\n<|im_start|>assistant\nTwo."));
    }
  }

  @Test void send_blankOfTheTemplate_isNoneOfTheAnswer() {
    try (ChatSession chat = session("llama2")) {
      script.says(ChatVocabularies.of(ChatTemplates.LLAMA_2), " Hi there", 2);
      assertThat(chat.send("Hello").text()).isEqualTo("Hi there");
      run();
      script.says(ChatVocabularies.of(ChatTemplates.LLAMA_2), " Fine", 2);
      chat.send("How are you?");
      assertThat(run()).as("a blank, EOS, and the next turn: nothing of the answer")
          .isEqualTo(" ".length() + 2 + " [INST] How are you? [/INST] Fine".length());
      assertThat(chat.prompt()).isEqualTo("<s>[INST] Hello [/INST] Hi there </s><s>[INST] How are you? [/INST]");
    }
  }

  @Test void save_load_roundTrips() throws IOException {
    Path file = folder.resolve("talk.json");
    try (ChatSession chat = session()) {
      chat.system("Speak \"<b>\" & é\n😀");
      willSay("One.\t");
      chat.send("First\u2028 line\u0000");
      chat.save(file);
      List<ChatMessage> saved = chat.messages();
      chat.reset();
      chat.system("");
      chat.load(file);
      assertThat(chat.messages()).isEqualTo(saved);
      chat.save(file);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).as("no part is left").containsExactly(file);
      }
      assertThat(Files.readString(file))
          .startsWith("{\n  \"version\": 1,\n  \"messages\": [\n    {\n      \"role\": \"system\"")
          .endsWith("}\n");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
      ``                                            ¦ holds no object; expected {"version": 1, "messages": […]}
      {"version": 1, "messages": [}                 ¦ is no sound JSON
      {"version": 1, "messages": []} {}             ¦ is no sound JSON
      []                                            ¦ holds no object; expected {"version": 1, "messages": […]}
      {"messages": []}                              ¦ has "version": null, expected 1
      {"version": 2, "messages": []}                ¦ has "version": 2, expected 1
      {"version": 1, "messages": {}}                ¦ has no list "messages"
      {"version": 1, "messages": [1]}               ¦ message 1 lacks a "role" or a "content", both texts
      {"version": 1, "messages": [{"role": "user", "content": 1}]}       ¦ message 1 lacks a "role" or a "content", both texts
      {"version": 1, "messages": [{"role": "tool", "content": ""}]}      ¦ message 1 is of the role 'tool', expected system, user or assistant
      {"version": 1, "messages": [{"role": "assistant", "content": ""}]} ¦ message 1 is of the role 'assistant', expected 'user': after a system prompt, if there is one, user and assistant take turns
      {"version": 1, "messages": [{"role": "user", "content": "a"}]}     ¦ message 1, the last, is of the role 'user' and has no answer; add one of the role 'assistant', which may be empty
      """) void load_noConversation_isRefusedAndNothingChanges(
      String json, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), json == null ? "" : json);
    try (ChatSession chat = session()) {
      chat.system("S.");
      assertThatThrownBy(() -> chat.load(file)).isInstanceOf(IOException.class)
          .hasMessage(file + ": " + problem + "; nothing was loaded");
      assertThat(chat.messages()).containsExactly(message(Role.SYSTEM, "S."));
    }
  }

  @Test void load_deepNesting_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
    try (ChatSession chat = session()) {
      assertThatThrownBy(() -> chat.load(file)).isInstanceOf(IOException.class)
          .hasMessage(file + ": is no sound JSON; nothing was loaded");
    }
  }

  @Test void save_noFolder_isRefused() {
    Path file = folder.resolve("none/talk.json");
    try (ChatSession chat = session()) {
      assertThatThrownBy(() -> chat.save(file)).isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be written: no such folder; create it first");
    }
  }

  @Test void builtIn_conversation_isTheSameWithAndWithoutTheCache() throws IOException {
    try (Engine engine = Engine.builtIn().load();
        ChatSession chat = engine.chat().logProbabilities(2).maxTokens(40).start()) {
      chat.send("Once upon a time, there was a fox.");
      ChatAnswer second = chat.send("One day, the fox");
      assertThat(second.tokens()).hasSize(second.usage().answerTokens()).allSatisfy(token -> assertThat(token.top())
          .hasSize(2));
      assertThat(second.usage().reusedTokens()).isGreaterThan(40);
      assertThat(chat.regenerate(piece -> {}).text()).isEqualTo(second.text());
      chat.system("Something else.");
      chat.regenerate(piece -> {});
      chat.system("");
      ChatAnswer anew = chat.regenerate(piece -> {});
      assertThat(anew.usage().reusedTokens()).isLessThan(3);
      assertThat(anew.text()).isEqualTo(second.text());
      assertThat(anew.tokens()).isEqualTo(second.tokens());
    }
  }

  @Test void start_badValues_areRefused() throws IOException {
    try (Engine engine = Engine.builtIn().load()) {
      assertThatIllegalArgumentException().isThrownBy(() -> engine.chat().template("lama2").start().close())
          .withMessageStartingWith("Unknown chat template 'lama2'.").withMessageEndingWith("Did you mean 'llama2'?");
      assertThatIllegalArgumentException().isThrownBy(() -> engine.chat().template("chatml").start().close())
          .withMessageStartingWith("The chat template 'chatml' needs the token <|im_start|>");
      assertThatIllegalArgumentException().isThrownBy(() -> engine.chat().maxTokens(-1))
          .withMessage("maxTokens must not be negative, got -1");
      assertThatIllegalArgumentException().isThrownBy(() -> engine.chat().stopStrings(""))
          .withMessage("a stop string must not be empty: it would end every text at once");
    }
  }
}
