package dev.cria.api.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The pieces of a tokenizer, as a file holds them.
 *
 * @param model which algorithm they are for
 * @param pieces by token id
 * @param merges two pieces that merge, a space between, the first ones first; for {@link Model#SENTENCEPIECE_BPE} empty where
 *     scores say it, and otherwise with U+2581 for a space
 * @param special ids of the tokens with a role
 * @param metadata whatever else is said, as text: {@code pre} names the way in which byte-level BPE cuts a text into words,
 *     {@code unsupported} is a sentence on what no tokenizer here can do
 * @since 0.1
 */
public record Vocabulary(Model model, List<Piece> pieces, List<String> merges, Special special,
    Map<String, String> metadata) {

  /** Copies the collections. */
  public Vocabulary {
    pieces = List.copyOf(pieces);
    merges = List.copyOf(merges);
    metadata = Map.copyOf(metadata);
  }

  /** A vocabulary without a list of merges. */
  public Vocabulary(Model model, List<Piece> pieces, Special special, Map<String, String> metadata) {
    this(model, pieces, List.of(), special, metadata);
  }

  /** The algorithm that a vocabulary is for. */
  public enum Model {
    /** SentencePiece BPE: merges by score, a space before the text, bytes as a fallback. */
    SENTENCEPIECE_BPE,
    /** Byte-level BPE, as in GPT-2: merges by rank. */
    BYTE_LEVEL_BPE,
    /** Another one; the metadata names it under {@code model}. */
    OTHER
  }

  /** What a piece stands for. */
  public enum Kind {
    /** Text. */
    NORMAL,
    /** What no other piece can express. */
    UNKNOWN,
    /** Control: never comes from text. */
    CONTROL,
    /** Added by the model's makers; text, but never split. */
    USER_DEFINED,
    /** Not used. */
    UNUSED,
    /** One byte. */
    BYTE
  }

  /**
   * One piece.
   *
   * @param text a space as a space; for {@link Kind#BYTE} the spelling {@code <0x41>}; for {@link Model#BYTE_LEVEL_BPE} as the
   *     file has it, each byte as the character that GPT-2 prints for it
   * @param score merges prefer the higher; 0 where there is none
   * @param kind what it stands for
   */
  public record Piece(String text, float score, Kind kind) {}

  /**
   * Tokens with a role, by id; empty where the vocabulary has none.
   *
   * @param unknown for what cannot be expressed
   * @param bos begins a text
   * @param eos ends a text
   * @param ends other tokens that end a text, or a turn of a conversation
   */
  public record Special(OptionalInt unknown, OptionalInt bos, OptionalInt eos, Set<Integer> ends) {

    /** Copies the set. */
    public Special {
      ends = Set.copyOf(ends);
    }

    /** No other ends than EOS. */
    public Special(OptionalInt unknown, OptionalInt bos, OptionalInt eos) {
      this(unknown, bos, eos, Set.of());
    }
  }
}
