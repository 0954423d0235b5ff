package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.cria.inference.ChatTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations without a terminal, with the built-in model. */
final class ChatCommandTest {

  private static final String FOX = "Once upon a time, there was a fox.";

  @TempDir Path folder;

  private CliRunner.Result chat(String lines, Object... args) {
    Object[] all = new Object[args.length + 3];
    all[0] = "chat";
    all[1] = "-s";
    all[2] = "1";
    System.arraycopy(args, 0, all, 3, args.length);
    return new CliRunner().in(lines).folder(folder).run(all);
  }

  @Test void chat_lines_areAnsweredOneByOne() {
    var run = chat(FOX + "\nOne day\n", "-n", "12");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).as("nothing but answers").hasSizeGreaterThanOrEqualTo(2);
    assertThat(run.out()).doesNotContain("\u001b", ">", "fox.").endsWith("\n");
    assertThat(run.err()).contains("\ntemplate  plain: the model names it\n")
        .containsPattern("\\[prompt \\d+ tokens, 0 of them in the cache; answer 12 tokens, .*; ended by max-tokens]")
        .containsPattern("\\[prompt \\d+ tokens, [1-9]\\d* of them in the cache; answer 12 tokens");
    assertThat(chat(FOX + "\nOne day\n", "-n", "12").out()).as("the same with the same seed").isEqualTo(run.out());
    assertThat(chat("", "-n", "12").out()).isEmpty();
  }

  @Test void chat_linesThatGoOn_areOneMessage() throws IOException {
    var run = chat("a\\\nb\n\"\"\"\n c\n\nd \"\"\"\n\"\"\"e\"\"\"\n//x\n/save talk.json\n", "-n", "1");
    assertThat(run.exit()).isZero();
    assertThat(JsonParser.parseString(Files.readString(folder.resolve("talk.json"))).getAsJsonObject()
        .getAsJsonArray("messages").asList().stream().map(message -> message.getAsJsonObject())
        .filter(message -> message.get("role").getAsString().equals("user"))
        .map(message -> message.get("content").getAsString())).containsExactly("a\nb", "c\n\nd", "e", "/x");
  }

  @Test void chat_commands_doWhatTheySay() {
    var run = chat("/system Be kind.\n" + FOX
        + "\n/system\n/tokens\n/params\n/params temperature=0 seed=7 max-tokens=3\n/save talk.json\n/undo\n/load talk.json\n"
        + "/regenerate\n/reset\n/tokens\n/help\n/exit\nnever\n", "-n", "5");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("The system prompt is set.\n", "\nBe kind.\n",
        " of 512 tokens of the context are used, ", " are left; 1 message with its answer.\n",
        "\ntemperature=1.0 top-p=0.9 seed=1 max-tokens=5\n", "\ntemperature=0.0 top-p=0.9 seed=7 max-tokens=3\n",
        "\nSaved 1 message with its answer to talk.json.\n", "\nTaken back: 0 messages with their answers left.\n",
        "\nLoaded 1 message with its answer from talk.json.\n", "answer 3 tokens", "\nAll messages are forgotten.\n",
        "; 0 messages with their answers.\n", "\n/params [NAME=VALUE…]: ", "\n/save FILE: ");
    assertThat(run.out().lines()).as("two answers").hasSize(2);
  }

  @Test void chat_wrongCommands_areRefusedAndItGoesOn() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{\"version\": 1,");
    var run = chat(
        "/sav\n/save\n/save none/x.json\n/load missing.json\n/load broken.json\n/undo\n/regenerate\n/params t=1\n"
            + "/params top-p=2\n/params x\n/params sampler=topk\n" + FOX + "\n",
        "-n", "2");
    assertThat(run.exit()).as("something failed").isEqualTo(1);
    assertThat(run.err()).contains("cria: Unknown command '/sav'. Available: /exit, /help,", "Did you mean '/save'?",
        "cria: /save needs the name of a file.\n", "x.json: cannot be written: no such folder; create it first\n",
        "missing.json: no such file; check the path\n", "broken.json: is no sound JSON; nothing was loaded\n",
        "cria: There is no message yet.\n",
        "cria: Unknown parameter 't'. Available: temperature, top-p, sampler, seed, max-tokens.\n",
        "cria: top-p must be a number in [0, 1], got '2'.\n", "cria: /params takes NAME=VALUE, got 'x'.\n",
        "cria: Unknown sampler 'topk'.");
    assertThat(run.out().lines()).as("the answer all the same").hasSize(1);
  }

  @Test void chat_fullContext_forgetsAndSaysSo() {
    var run = chat("One two three four five.\n".repeat(4), "-n", "15", "--context", "64");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).containsPattern("\ncria: the context is full, so the model no longer sees the oldest (message"
        + " and its answer|\\d messages and their answers)\n");
    var cut = chat("One two three four five.\n", "--context", "20", "--sampler", "logit-bias=1-inf");
    assertThat(cut.err()).contains("; ended by the end of the context]\ncria: the answer met the end of the context;");
    var refused = chat("word ".repeat(80) + "\n" + FOX + "\n", "-n", "3", "--context", "64");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).containsPattern("cria: the message, with the system prompt and the marks of its turn, has"
        + " \\d+ tokens, but the context holds 64 and an answer needs room, too; shorten it\n");
    assertThat(refused.out()).as("the next one is answered").isNotBlank();
  }

  @Test void chat_template_isNamedOrRefused() {
    assertThat(chat("", "--chat-template", "llama2").err()).contains("\ntemplate  llama2: named\n");
    var unknown = chat("", "--chat-template", "lama2");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).endsWith("cria: Unknown chat template 'lama2'. Available: " + ChatTemplates.names()
        + ". Did you mean 'llama2'?\n");
    assertThat(new CliRunner().run("chat", "--help").out().replaceAll("\\s+", ""))
        .as("the help lists them").contains(ChatTemplates.all().stream().map(each -> each.name())
            .collect(Collectors.joining(",")) + ".");
  }

  @Test void chat_inputThatIsNoText_isRefused() {
    var run = new CliRunner().in(new byte[]{'a', (byte) 0xFF, '\n'}).run("chat", "-n", "1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("cria: standard input is no UTF-8; convert it\n");
  }

  @Test void run_chat_answersOnce() {
    var run = new CliRunner().run("run", "--chat", "-i", FOX, "-t", "0", "-n", "10", "--verbose");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).as("the answer alone").doesNotContain("fox.").endsWith("\n").isNotBlank();
    assertThat(run.err()).contains("\ntemplate  plain: the model names it\n", "\ntext      10 tokens in ");
    assertThat(new CliRunner().in(FOX + "\n").run("chat", "-t", "0", "-n", "10").out()).isEqualTo(run.out());
    var json = new CliRunner().run("run", "--chat", "-i", FOX, "-t", "0", "-n", "2", "--logprobs", "1");
    assertThat(json.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
  }

  /** As llama2.c: the system prompt, then messages; with -y and -i, those first. */
  @Test void run_modeOfLlama2c_talks() {
    var asked = new CliRunner().in("\n" + FOX + "\n").run("run", "-m", "chat", "-t", "0", "-n", "4");
    var given = new CliRunner().in("").run("run", "-m", "chat", "-y", "", "-i", FOX, "-t", "0", "-n", "4");
    assertThat(asked.out()).isNotBlank().isEqualTo(given.out());
    var generated = new CliRunner().run("run", "-m", "generate", "-t", "0", "-n", "4");
    assertThat(generated.out()).isEqualTo(new CliRunner().run("run", "-t", "0", "-n", "4").out());
  }

  @Test void chat_modelWithoutTemplate_saysHowToNameOne() throws IOException {
    Path model = ReferenceData.file("stories260K/stories260K.gguf");
    var run = new CliRunner().in("hi\n").run("chat", model);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("No chat template: the model comes without a chat template; perhaps it is not made for"
            + " conversations. Name the one it was trained with (--chat-template). Available: llama2, ");
  }
}
