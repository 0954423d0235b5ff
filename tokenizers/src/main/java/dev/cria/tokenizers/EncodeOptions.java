package dev.cria.tokenizers;

/**
 * What to do around the text when encoding it.
 *
 * @param bos whether to put the token that begins a text before it, if the texts of the model begin with one: those of Llama
 *     do, those of GPT-2 and Qwen do not
 * @param eos whether to put the token that ends a text after it
 * @param special whether control tokens spelled in the text, such as {@code </s>}, become those tokens; otherwise they are
 *     text like any other, so that a prompt from a stranger cannot end a turn
 * @since 0.1
 */
public record EncodeOptions(boolean bos, boolean eos, boolean special) {

  /** Nothing but the text. */
  public static final EncodeOptions TEXT = new EncodeOptions(false, false, false);

  /** The text after BOS, if the model wants one: what it is given to continue. */
  public static final EncodeOptions PROMPT = new EncodeOptions(true, false, false);

  /** The same with {@link #special} as given. */
  public EncodeOptions withSpecial(boolean wanted) {
    return new EncodeOptions(bos, eos, wanted);
  }
}
