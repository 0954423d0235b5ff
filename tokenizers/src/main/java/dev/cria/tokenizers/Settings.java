package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import java.util.Map;

/** The keys of a vocabulary's metadata that change what tokens a text has. */
final class Settings {

  /** Whether the model's texts begin with BOS. */
  static final String ADD_BOS = "add_bos_token";

  /** The name of the {@link PreTokenizer}. */
  static final String PRE = "pre";

  /** Whether a word that is a token is taken as a whole, whatever the merges say. */
  static final String IGNORE_MERGES = "ignore_merges";

  /** The normal form of Unicode that text is brought to, by its name in {@link java.text.Normalizer.Form}. */
  static final String NORMAL_FORM = "normal_form";

  /** For byte-level BPE: whether a text that begins without a space gets one. */
  static final String ADD_PREFIX_SPACE = "add_prefix_space";

  /** For SentencePiece: the {@link SpacePrefix}. */
  static final String ADD_SPACE_PREFIX = "add_space_prefix";

  /** For SentencePiece: whether spaces at both ends, and those after another space, are left out. */
  static final String REMOVE_EXTRA_SPACES = "remove_extra_whitespaces";

  /** Whether several unknown characters in a row are one unknown token. */
  static final String FUSE_UNKNOWN = "fuse_unk";

  /** Ids of the special pieces that are found in a text after it was normalised. */
  static final String NORMALIZED_TOKENS = "normalized_tokens";

  /** What the file wants and nobody here can do: a sentence. */
  static final String UNSUPPORTED = "unsupported";

  private Settings() {}

  static boolean flag(Vocabulary vocabulary, String key) {
    Map<String, String> metadata = vocabulary.metadata();
    return Boolean.parseBoolean(metadata.getOrDefault(key, "false"));
  }
}
