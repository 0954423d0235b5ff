package dev.cria.cli;

import dev.cria.sampling.LogProbabilities;
import dev.cria.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A token and its probability as a line of JSON, with the names that llama.cpp's server has. */
final class TokenLine {

  private TokenLine() {}

  /** The line, with its break. */
  static String of(LogProbabilities token, Tokenizer tokenizer) {
    String top = token.top().stream().map(entry -> "{" + fields(entry.token(), entry.logProbability(), tokenizer) + "}")
        .collect(Collectors.joining(",", "[", "]"));
    return "{" + fields(token.token(), token.logProbability(), tokenizer) + ",\"top_logprobs\":" + top + "}\n";
  }

  /** The text of a part of a character is U+FFFD; its bytes tell more. */
  private static String fields(int token, double logProbability, Tokenizer tokenizer) {
    byte[] bytes = token < tokenizer.vocabSize() ? tokenizer.bytes(-1, token) : new byte[0];
    int[] octets = new int[bytes.length];
    Arrays.setAll(octets, i -> Byte.toUnsignedInt(bytes[i]));
    return "\"id\":" + token + ",\"token\":" + Json.quoted(new String(bytes, StandardCharsets.UTF_8))
        + ",\"bytes\":" + Arrays.toString(octets).replace(" ", "")
        + ",\"logprob\":" + ((float) logProbability + 0f);
  }
}
