package dev.cria.inference;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.tokenizers.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Small vocabularies that spell any text in bytes, with the marks of a template as control tokens. */
final class ChatVocabularies {

  private ChatVocabularies() {}

  /** In the way of Llama 2 and Mistral: 0 is unknown, 1 BOS, 2 EOS, then the 256 bytes, then the marks. */
  static Tokenizer sentencePiece(String... marks) {
    return Tokenizer.of(sentencePiece(Kind.CONTROL, marks));
  }

  static Vocabulary sentencePiece(Kind kind, String... marks) {
    List<Piece> pieces = new ArrayList<>(List.of(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("<s>", 0, Kind.CONTROL),
        new Piece("</s>", 0, Kind.CONTROL)));
    for (int b = 0; b < 256; b++) {
      pieces.add(new Piece("<0x%02X>".formatted(b), 0, Kind.BYTE));
    }
    for (String mark : marks) {
      pieces.add(new Piece(mark, 0, kind));
    }
    return new Vocabulary(Model.SENTENCEPIECE_BPE, pieces,
        new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(2)), Map.of());
  }

  /** In the way of Llama 3 and Qwen: the 256 bytes, then the marks; the first of them begins texts if {@code bos}. */
  static Tokenizer byteLevel(boolean bos, String... marks) {
    List<Piece> pieces = new ArrayList<>();
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean shown = (b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      pieces.add(new Piece(Character.toString(shown ? b : next++), 0, Kind.NORMAL));
    }
    for (String mark : marks) {
      pieces.add(new Piece(mark, 0, Kind.CONTROL));
    }
    OptionalInt first = bos ? OptionalInt.of(256) : OptionalInt.empty();
    return Tokenizer.of(new Vocabulary(Model.BYTE_LEVEL_BPE, pieces,
        new Vocabulary.Special(OptionalInt.empty(), first, OptionalInt.of(pieces.size() - 1)),
        Map.of("pre", bos ? "llama-bpe" : "qwen2")));
  }

  /** The vocabulary that a template is for. */
  static Tokenizer of(ChatTemplate template) {
    return switch (template.name()) {
      case "llama3", "llama3.1" -> byteLevel(true, "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
          "<|eot_id|>", "<|end_of_text|>");
      case "mistral-v3", "mistral-v3-tekken" -> sentencePiece("[INST]", "[/INST]");
      case "llama2", "mistral-v1", "zephyr", "plain" -> sentencePiece();
      default -> byteLevel(false, "<|im_start|>", "<|im_end|>", "<|endoftext|>");
    };
  }
}
