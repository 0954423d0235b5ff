package dev.cria.inference;

import java.util.List;
import java.util.Optional;

/**
 * How a family of models wants a conversation written: pieces of text around each message. It is data; all families are written
 * by the same code.
 *
 * <p>In the pieces, {@code <s>} and {@code </s>} stand for the tokens that begin and end a text, however the vocabulary spells
 * them; and what the vocabulary has a token for, such as {@code <|im_start|>}, is that token. A text begins with BOS where the
 * texts of the model do.
 *
 * @param name as {@code --chat-template} has it
 * @param placement where the system prompt stands, and how texts are taken
 * @param defaultSystem the system prompt where none is given; empty to leave it out with all that is around it
 * @param system what is around the system prompt
 * @param user what is around a message of the user; what is after it leads to the answer
 * @param answer what is around an answer; a model that tells what is before it has that left out
 * @param tokens markers, one string each, that the vocabulary must have as tokens
 */
public record ChatTemplate(String name, Placement placement, Optional<String> defaultSystem, Around system, Around user,
    Around answer, List<String> tokens) {

  /**
   * Where the system prompt stands, and how texts are taken.
   *
   * @param systemInside whether the system prompt stands within the first turn, after what is before the user's message
   * @param bosEachTurn whether every turn begins with BOS, and not only the conversation
   * @param stripped around which texts white space is left out
   */
  public record Placement(boolean systemInside, boolean bosEachTurn, Stripped stripped) {}

  /** Texts around which white space is left out. */
  public enum Stripped {
    /** None: they are taken as they are. */
    NONE,
    /** Those of the model. */
    ANSWERS,
    /** All. */
    ALL
  }

  /**
   * What is around a message.
   *
   * @param before in front of it
   * @param after behind it
   */
  public record Around(String before, String after) {}

  /** Copies the list. */
  public ChatTemplate {
    tokens = List.copyOf(tokens);
  }

  /** The same with another system prompt where none is given. */
  ChatTemplate named(String otherName, String otherSystem) {
    return new ChatTemplate(otherName, placement, Optional.of(otherSystem), system, user, answer, tokens);
  }
}
