package dev.cria.cli;

import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria tokenize}: text to token ids and back. */
@Command(name = "tokenize", description = "Turn text into token ids, or ids into text.", customSynopsis = {
    "cria tokenize MODEL-OR-TOKENIZER [TEXT | --file FILE] [--no-bos]",
    "       cria tokenize MODEL-OR-TOKENIZER --decode [IDS... | --file FILE]"}, parameterListHeading = "%n", footer = {
        "",
        "Text is taken as it is: nothing is trimmed. Without TEXT or FILE, standard input",
        "is read, its line breaks included.",
        "",
        "Examples:",
        "  cria tokenize tokenizer.bin \"Hello world\"",
        "  cria tokenize tokenizer.bin --decode 1 15043 3186"})
final class TokenizeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL-OR-TOKENIZER", description = {
      "A tokenizer.bin, tokenizer.model or tokenizer.json, or a model that has one inside or beside it."}) private @Nullable Path source;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "The text, or the ids with --decode.") private List<String> words = List
      .of();

  @Option(names = "--file", paramLabel = "FILE", description = "Read the text, or the ids, from a file.") private @Nullable Path file;

  @Option(names = "--no-bos", description = "Leave out the token that begins a text.") private boolean noBos;

  @Option(names = "--special", description = {
      "Take control tokens spelled in the text, such as </s>, for what they are. Otherwise they are text."}) private boolean special;

  @Option(names = "--decode", description = "The way back: ids, separated by spaces or commas, to text.") private boolean decode;

  TokenizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (!words.isEmpty() && file != null) {
      throw new UsageException("The text is given twice, as an argument and by --file; keep one.");
    }
    if (!decode && words.size() > 1) {
      throw new UsageException("The text is " + words.size() + " arguments, expected one; put it in quotes.");
    }
    if (decode && (noBos || special)) {
      throw new UsageException("--decode goes with neither --no-bos nor --special.");
    }
    if (source == null) {
      throw new UsageException("A model or tokenizer file is missing.");
    }
    Tokenizer tokenizer = new TokenizerSource(terminal).open(source);
    terminal.out().print(decode ? decode(tokenizer) : encode(tokenizer) + "\n");
    return ExitCode.SUCCESS;
  }

  private String encode(Tokenizer tokenizer) throws IOException {
    String text = words.isEmpty() ? input() : Utf8.requireWhole("The text", words.getFirst());
    int[] ids = tokenizer.encode(text, new EncodeOptions(!noBos, false, special));
    return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private String decode(Tokenizer tokenizer) throws IOException {
    int[] ids = TokenIds.parse(words.isEmpty() ? input() : String.join(" ", words));
    TokenIds.requireIn(ids, tokenizer.vocabSize());
    return tokenizer.decode(ids) + "\n";
  }

  private String input() throws IOException {
    return file == null ? terminal.read() : Utf8.decode(file.toString(), InputFile.read(file));
  }
}
