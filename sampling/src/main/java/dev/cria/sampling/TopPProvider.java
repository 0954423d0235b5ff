package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import java.util.Set;

/**
 * Offers {@code top-p}: keeps the fewest, most probable candidates that together exceed a share of the probability, sorted by
 * it, of equals the earlier first. It is what llama2.c keeps for the same share.
 *
 * <p>Parameter {@code p}, the share, in [0, 1]; 0 keeps the most probable one and 1 keeps all, in their order.
 *
 * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman et al. 2020, The Curious Case of Neural Text Degeneration</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TopPProvider implements SamplerStepProvider {

  private static final String SHARE = "p";

  /** For {@link java.util.ServiceLoader}. */
  public TopPProvider() {}

  @Override public String name() {
    return "top-p";
  }

  @Override public SamplerStep create(SamplerParameters parameters) {
    parameters.onlyKnown(name(), Set.of(SHARE));
    return new TopP((float) parameters.in(SHARE, 0, 1));
  }
}
