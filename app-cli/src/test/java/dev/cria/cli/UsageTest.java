package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong command lines: one line, exit code 2. */
final class UsageTest {

  @ParameterizedTest(name = "cria {0}")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      rum                        | Unknown command 'rum'. Available: run, chat, bench, train, backends, samplers, inspect, convert, tokenize, logits, perplexity, completion, help. Did you mean 'run'? Try 'cria --help'.
      chats                      | Unknown command 'chats'. Available: run, chat, bench, train, backends, samplers, inspect, convert, tokenize, logits, perplexity, completion, help. Did you mean 'chat'? Try 'cria --help'.
      model.bin                  | 'model.bin' is no command. To run a model: cria run model.bin. Try 'cria --help'.
      ./model -t 0               | './model' is no command. To run a model: cria run ./model. Try 'cria --help'.
      -t 0 model.bin             | Unknown option '-t'. It belongs after a command, as in 'cria run -t'. Try 'cria --help'.
      --nonsense                 | Unknown option '--nonsense'. Try 'cria --help'.
      run --tempratur 1          | Unknown option '--tempratur'. Did you mean '--temperature'? Try 'cria run --help'.
      run --tempratur=1          | Unknown option '--tempratur'. Did you mean '--temperature'? Try 'cria run --help'.
      run -prompt x              | Unknown option '-prompt'. Did you mean '--prompt'? Try 'cria run --help'.
      run -t                     | Missing required parameter for option '--temperature' (T). Try 'cria run --help'.
      run -t 0 -t 1              | option '--temperature' (T) should be specified only once. Try 'cria run --help'.
      run a 0 b                  | Unexpected argument 'b' of cria run. Try 'cria run --help'.
      run -t hot                 | The temperature (-t) must be a number from 0 on, got 'hot'.
      run -t -0.5                | The temperature (-t) must be a number from 0 on, got '-0.5'.
      run a warm                 | The temperature (-t) must be a number from 0 on, got 'warm'.
      run -t nan                 | The temperature (-t) must be a number from 0 on, got 'nan'.
      run -t 1e99                | The temperature (-t) must be a number from 0 on, got '1e99'.
      run -t 0x1p3               | The temperature (-t) must be a number from 0 on, got '0x1p3'.
      run -t 1f                  | The temperature (-t) must be a number from 0 on, got '1f'.
      run -p 1.5                 | Top-p (-p) must be a number in [0, 1], got '1.5'.
      run -p -0.1                | Top-p (-p) must be a number in [0, 1], got '-0.1'.
      run -s abc                 | The seed (-s) must be a whole number of 64 bits, got 'abc'.
      run -s 1.5                 | The seed (-s) must be a whole number of 64 bits, got '1.5'.
      run -s 18446744073709551616| The seed (-s) must be a whole number of 64 bits, got '18446744073709551616'.
      run -n -1                  | The number of steps (-n) must be a whole number from 0 on, got '-1'.
      run -n 3000000000          | The number of steps (-n) must be a whole number from 0 on, got '3000000000'.
      run -n ten                 | The number of steps (-n) must be a whole number from 0 on, got 'ten'.
      run --context 0            | --context must be a whole number from 1 on, got '0'.
      run --threads 0            | --threads must be a whole number in [1, 1024], got '0'.
      run --threads 1025         | --threads must be a whole number in [1, 1024], got '1025'.
      run -m talk                | The mode (-m) must be generate or chat, got 'talk'.
      run -y be-kind             | Option '-y' belongs to a conversation; add --chat, or use 'cria chat'.
      run --chat-template zephyr | Option '--chat-template' belongs to a conversation; add --chat, or use 'cria chat'.
      run --chat                 | --chat needs a message: -i "Hello", or -i - to read it. 'cria chat' asks for messages.
      run --chat -i a --llama2c-output | --llama2c-output does not go with a conversation; leave it out.
      chat -n x                  | The number of tokens (-n) must be a whole number from 0 on, got 'x'.
      chat --sistem              | Unknown option '--sistem'. Did you mean '--system'? Try 'cria chat --help'.
      run --sampler top-k=x      | --sampler: top-k: k must be a whole number in [0, 2147483647], got 'x'. 'cria samplers' lists what there is.
      run --sampler top_k=4      | Unknown sampler 'top_k'. Available: dry, greedy, llama.cpp, llama2c, logit-bias, min-p, mirostat, multinomial, penalties, temperature, top-k, top-n-sigma, top-p, typical, xtc. Did you mean 'top-k'?
      run --sampler top-k=1:j=2  | --sampler: top-k has no parameter 'j'; it takes k. 'cria samplers' lists what there is.
      run --sampler greedy,xtc=1 | --sampler: greedy draws the token, so it must come last; xtc after it would do nothing. 'cria samplers' lists what there is.
      run --sampler xtc -t 1     | --sampler takes the place of -t; say it there, as in --sampler top-p=0.9,temperature=0.8.
      run m 1 --sampler xtc      | --sampler takes the place of -t; say it there, as in --sampler top-p=0.9,temperature=0.8.
      run --sampler xtc -p 1     | --sampler takes the place of -p; say it there, as in --sampler top-p=0.9,temperature=0.8.
      run --stop=                | --stop must not be empty: it would end every text at once.
      run --logprobs -1          | --logprobs must be a whole number in [0, 1000], got '-1'.
      run --logprobs 1001        | --logprobs must be a whole number in [0, 1000], got '1001'.
      run --logprobs 1 --llama2c-output | --logprobs and --llama2c-output do not go together; keep one.
      run -i a -f b              | The prompt is given twice, by -i and by -f; keep one.
      logits                     | Missing required parameter: 'MODEL'. Try 'cria logits --help'.
      logits m                   | Missing required option: '--out=FILE'. Try 'cria logits --help'.
      logits m --out x           | Give the tokens by --tokens or by --tokens-file.
      logits m --out x --tokens 1 --tokens-file y | Give the tokens by --tokens or by --tokens-file, not by both.
      logits m --out x --tokens 1,b  | A token id must be a whole number from 0 on, got 'b'.
      logits m --out x --tokens ,    | There are no tokens; give at least one, such as --tokens 1.
      logits m --out x --tokens 1 --batch 0 | --batch must be a whole number from 1 on, got '0'.
      logits m --out / --tokens 1    | --out / is a folder; name a file in it.
      tokenize                   | Missing required parameter: 'MODEL-OR-TOKENIZER'. Try 'cria tokenize --help'.
      tokenize t a b             | The text is 2 arguments, expected one; put it in quotes.
      tokenize t a --file b      | The text is given twice, as an argument and by --file; keep one.
      tokenize t --decode --no-bos 1 | --decode goes with neither --no-bos nor --special.
      bench -p 0 -n 0            | -p and -n are both 0, so there is nothing to measure; give one of them at least 1.
      bench -p 0,0 -n 0          | -p and -n are both 0, so there is nothing to measure; give one of them at least 1.
      bench -p 1,x               | The prompt length (-p) must be a whole number from 0 on, got 'x'.
      bench -p 1,                | The prompt length (-p) must be a whole number from 0 on, got ''.
      bench -n -1                | The number of tokens to generate (-n) must be a whole number from 0 on, got '-1'.
      bench -t 1,0               | The number of threads (-t) must be a whole number in [1, 1024], got '0'.
      bench -r 0                 | The number of repetitions (-r) must be a whole number in [1, 100000], got '0'.
      bench -o xml               | The format (-o) must be md, json or csv, got 'xml'.
      bench a b                  | Unexpected argument 'b' of cria bench. Try 'cria bench --help'.
      bench m --synthetic x      | The model is given twice, as the file m and by --synthetic; keep one.
      completion fish            | There is no completion for the shell 'fish'. Available: bash, zsh.
      inspect --threads two      | --threads must be a whole number in [1, 1024], got 'two'.
      """) void arguments_wrong_saysWhatAndWhy(
      String arguments, String message) {
    var run = cria((Object[]) arguments.split(" ", -1));
    assertThat(run.message()).isEqualTo("cria: " + message);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.bytes()).isEmpty();
  }

  @Test void backend_unknown_listsThoseThereAre() {
    String names = String.join(", ", TestBackends.names().stream().sorted().toList());
    var near = cria("run", "--backend", "scalr");
    assertThat(near.exit()).isEqualTo(2);
    assertThat(near.message()).startsWith("cria: Unknown backend 'scalr'. Available: " + names + ".");
    if (TestBackends.names().contains("scalar")) {
      assertThat(near.message()).endsWith("Did you mean 'scalar'?");
    }
    assertThat(cria("run", "--backend", "cuda").message())
        .isEqualTo("cria: Unknown backend 'cuda'. Available: " + names + ".");
  }
}
