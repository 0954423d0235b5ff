package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.Vocabulary;
import java.util.HashSet;
import java.util.Set;

/** The tokens that end a text. */
public final class StopTokens {

  private StopTokens() {}

  /** Of a model: where a text of its training ended, and another began. */
  public static Set<Integer> of(Checkpoint checkpoint, Vocabulary vocabulary) {
    Set<Integer> stop = new HashSet<>();
    vocabulary.special().bos().ifPresent(stop::add);
    if (!checkpoint.endsWithBos()) {
      vocabulary.special().eos().ifPresent(stop::add);
      stop.addAll(vocabulary.special().ends());
    }
    return Set.copyOf(stop);
  }
}
