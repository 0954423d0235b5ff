package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.tokenizers.SpecialPieces.SpecialPiece;
import java.util.function.UnaryOperator;

/** What SentencePiece's tokenizers do to a text before they cut it. */
final class SentencePieceText {

  private final SpecialPieces asWritten;
  private final SpecialPieces normalized;
  private final SpacePrefix prefix;
  private final UnaryOperator<String> normalForm;
  private final boolean removesSpaces;

  SentencePieceText(Vocabulary vocabulary) {
    String said = vocabulary.metadata().getOrDefault(Settings.ADD_SPACE_PREFIX, "true");
    prefix = SpacePrefix.of(said);
    removesSpaces = Settings.flag(vocabulary, Settings.REMOVE_EXTRA_SPACES);
    normalForm = NormalForm.of(vocabulary);
    SpecialSelection selection = SpecialSelection.of(vocabulary);
    asWritten = selection.asWritten();
    normalized = selection.normalized(text -> prefixed(normalForm.apply(text)));
  }

  /** Whether a text gets a space before it. */
  boolean addsSpace() {
    return prefix != SpacePrefix.NONE;
  }

  PreparedText prepare(String text, boolean control, EncodeOptions.After after) {
    PreparedText prepared = new PreparedText(text.length() + 16);
    String whole = removesSpaces ? withoutExtraSpaces(text) : text;
    asWritten.split(whole, control, new Preparation(prepared, control, after));
    return prepared;
  }

  private static String withoutExtraSpaces(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean extra = text.charAt(i) == ' ' && (kept.isEmpty() || kept.charAt(kept.length() - 1) == ' ');
      if (!extra) {
        kept.append(text.charAt(i));
      }
    }
    boolean space = !kept.isEmpty() && kept.charAt(kept.length() - 1) == ' ';
    return kept.substring(0, kept.length() - (space ? 1 : 0));
  }

  /** As a special piece is spelled in a text that was normalised. */
  private String prefixed(String spelling) {
    return prefix == SpacePrefix.PART ? " " + spelling : spelling;
  }

  /** Takes the parts as they are written. */
  private final class Preparation implements SpecialPieces.Parts {

    private final PreparedText out;
    private final boolean control;
    private boolean start;
    private boolean afterControl;
    private EncodeOptions.After after; // for the first part

    Preparation(PreparedText out, boolean control, EncodeOptions.After after) {
      this.out = out;
      this.control = control;
      this.after = after;
      this.start = after == EncodeOptions.After.NOTHING;
      this.afterControl = after != EncodeOptions.After.TEXT;
    }

    @Override public void text(String part) {
      String form = normalForm.apply(part);
      String spaced = mayBePrefixed(form) && prefix.before(form, start, afterControl) ? " " + form : form;
      after = EncodeOptions.After.NOTHING;
      start = false;
      afterControl = false;
      normalized.split(spaced, control, new SpecialPieces.Parts() {
        @Override public void text(String text) {
          out.append(text);
        }

        @Override public void special(SpecialPiece piece) {
          out.token(piece.id());
        }
      });
      out.endPart();
    }

    private boolean mayBePrefixed(String part) {
      return switch (after) {
        case NOTHING -> true;
        case CONTROL -> part.charAt(0) != ' ';
        case TEXT -> false;
      };
    }

    @Override public void special(SpecialPiece piece) {
      after = EncodeOptions.After.NOTHING;
      if (!piece.control() && afterControl && prefix == SpacePrefix.TEXT) {
        out.append(' ');
      }
      afterControl = piece.control();
      start = false;
      out.token(piece.id());
    }
  }
}
