package dev.cria.tokenizers;

/**
 * What to do around the text when encoding it.
 *
 * @param bos whether to put the token that begins a text before it, if the texts of the model begin with one: those of Llama
 *     do, those of GPT-2 and Qwen do not
 * @param eos whether to put the token that ends a text after it
 * @param special whether control tokens spelled in the text, such as {@code </s>}, become those tokens; otherwise they are
 *     text like any other, so that a prompt from a stranger cannot end a turn
 * @param after what the tokens come after, where they are a part of a whole
 * @since 0.1
 */
public record EncodeOptions(boolean bos, boolean eos, boolean special, After after) {

  /** Nothing but the text. */
  public static final EncodeOptions TEXT = new EncodeOptions(false, false, false);

  /** The text after BOS, if the model wants one: what it is given to continue. */
  public static final EncodeOptions PROMPT = new EncodeOptions(true, false, false);

  /** What a text comes after: some tokenizers put a space of their own before a text, and some only before the first one. */
  public enum After {
    /** Nothing: the text is all there is. */
    NOTHING,
    /** A control token. A space that the text begins with stands for the tokenizer's own. */
    CONTROL,
    /** Text, which it goes on with: it gets no space of the tokenizer's own. */
    TEXT
  }

  /** The options of a text that comes after nothing. */
  public EncodeOptions(boolean bos, boolean eos, boolean special) {
    this(bos, eos, special, After.NOTHING);
  }

  /** The same with {@link #special} as given. */
  public EncodeOptions withSpecial(boolean wanted) {
    return new EncodeOptions(bos, eos, wanted, after);
  }

  /** The same with {@link #after} as given. */
  public EncodeOptions withAfter(After what) {
    return new EncodeOptions(bos, eos, special, what);
  }
}
