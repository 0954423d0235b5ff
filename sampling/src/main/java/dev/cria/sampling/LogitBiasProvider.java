package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Offers {@code logit-bias}: adds to the logits of some tokens. Each {@code bias} is a token id and a number with its sign, as llama.cpp
 * has it: {@code 15043+1.5}, {@code 15043-1}, or {@code 15043-inf} for a token that must not come.
 *
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class LogitBiasProvider implements SamplerStepProvider {

  private static final Pattern BIAS = Pattern.compile("([0-9]{1,10})(-inf|[+-][0-9]+\\.?[0-9]*|[+-]\\.[0-9]+)");
  private static final float MOST = 1e9f;

  /** For {@link java.util.ServiceLoader}. */
  public LogitBiasProvider() {}

  @Override public String name() {
    return "logit-bias";
  }

  @Override public String summary() {
    return "adds to the logits of some tokens";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.texts("bias", "token id and number, as in 15043-1.5 or 15043-inf"));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    List<String> given = parameters.texts("bias");
    int[] tokens = new int[given.size()];
    float[] biases = new float[given.size()];
    for (int i = 0; i < tokens.length; i++) {
      Matcher matcher = BIAS.matcher(given.get(i));
      if (!matcher.matches()) {
        throw new IllegalArgumentException("logit-bias: bias must be a token id and a number with its sign, as in"
            + " 15043-1.5 or 15043-inf, got '" + given.get(i) + "'");
      }
      tokens[i] = token(matcher.group(1), vocabulary.size());
      biases[i] = matcher.group(2).equals("-inf") ? Float.NEGATIVE_INFINITY : finite(matcher.group(2));
    }
    return new LogitBias(tokens, biases);
  }

  private static int token(String text, int vocabSize) {
    long token = Long.parseLong(text);
    if (token >= vocabSize) {
      throw new IllegalArgumentException(
          "logit-bias: token " + token + " is not in the vocabulary: ids are in [0, " + vocabSize + ")");
    }
    return (int) token;
  }

  private static float finite(String text) {
    float bias = Float.parseFloat(text);
    if (Math.abs(bias) > MOST) {
      throw new IllegalArgumentException("logit-bias: a bias must be in [-1e9, 1e9], or -inf, got '" + text + "'");
    }
    return bias;
  }
}
