package dev.cria.sampling;

import java.util.List;
import java.util.Optional;

/**
 * A sampler that has a name.
 *
 * @param name as users write it
 * @param summary what it is, in one line
 * @param text what it stands for, in the words of {@link SamplerProviders#plan}
 * @since 0.1
 */
public record SamplerPreset(String name, String summary, String text) {

  private static final List<SamplerPreset> ALL = List.of(new SamplerPreset("llama.cpp",
      "llama.cpp's steps, in its order and with its defaults",
      "logit-bias,penalties=1:presence=0:frequency=0:last-n=64,dry=0,top-n-sigma=0,top-k=40,typical=1,top-p=0.95,min-p=0.05,"
          + "xtc=0:threshold=0.1,temperature=0.8,multinomial"));

  /** All that there are. */
  public static List<SamplerPreset> all() {
    return ALL;
  }

  /** The one of that name. */
  static Optional<SamplerPreset> named(String name) {
    return ALL.stream().filter(preset -> preset.name.equals(name)).findFirst();
  }
}
