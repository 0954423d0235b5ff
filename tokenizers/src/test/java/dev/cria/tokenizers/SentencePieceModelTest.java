package dev.cria.tokenizers;

import static dev.cria.tokenizers.EncodeOptions.TEXT;
import static dev.cria.tokenizers.Vocabularies.FIRST_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceModelTest {

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach void nameFile() {
    file = folder.resolve("tokenizer.model");
  }

  @Test void read_whatWasWritten_encodesTheSame() throws IOException {
    Vocabulary written = Vocabularies.of(" ", "a", "é", " a", "  ");
    SentencePieceModel.write(written, file);
    Vocabulary read = SentencePieceModel.read(file);
    assertThat(read.special()).isEqualTo(written.special());
    assertThat(read.pieces().subList(FIRST_TEXT, 264)).isEqualTo(written.pieces().subList(FIRST_TEXT, 264));
    assertThat(read.pieces()).startsWith(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("<s>", 0, Kind.CONTROL),
        new Piece("</s>", 0, Kind.CONTROL), new Piece("<0x00>", 0, Kind.BYTE));
    String text = "a  é a\n 😀";
    assertThat(Tokenizer.of(read).encode(text, TEXT)).isEqualTo(Tokenizer.of(written).encode(text, TEXT));
  }

  @Test void read_silentFile_hasTheDefaultsOfTheFormat() throws IOException {
    Vocabulary read = read(pieces().message(2, new Wire().number(3, 2)));
    assertThat(read.model()).isEqualTo(Model.SENTENCEPIECE_BPE);
    assertThat(read.special())
        .isEqualTo(new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(2)));
    assertThat(read.metadata()).containsEntry("add_space_prefix", "true")
        .containsEntry("remove_extra_whitespaces", "true");
    assertThat(Tokenizer.of(read).encode("  a  a ", TEXT)).containsExactly(4, 4);
    assertThat(Tokenizer.of(read).encode("xyz", TEXT)).as("unknown, as one").containsExactly(3, 0);
  }

  @Test void read_flags_areKept() throws IOException {
    Wire trainer = new Wire().number(3, 2).number(40, 0).number(41, -1).number(42, 2).number(35, 1);
    Wire normalizer = new Wire().text(1, "identity").text(2, "").number(3, 0).number(4, 0).number(5, 1);
    Vocabulary read = read(pieces().message(2, trainer).message(3, normalizer).message(4, new Wire()).number(200, 7));
    assertThat(read.special().bos()).isEmpty();
    assertThat(Tokenizer.of(read).encode("  a", TEXT)).containsExactly(3, 4);
  }

  @Test void read_trainerThatIsNotSupported_isRefusedByName() throws IOException {
    Vocabulary unigram = read(pieces().message(2, new Wire().number(3, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(unigram)).withMessage(
        "it is of the kind 'unigram', which is not supported; those that are: SentencePiece BPE and byte-level BPE");
    Vocabulary suffix = read(pieces().message(2, new Wire().number(3, 2).number(24, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(suffix))
        .withMessage("it puts spaces after words (treat_whitespace_as_suffix), which is not supported");
  }

  @Test void read_normalizerThatIsNotSupported_isRefusedByName() throws IOException {
    Wire bpe = new Wire().number(3, 2);
    Vocabulary maps = read(pieces().message(2, bpe).message(3, new Wire().text(1, "nmt_nfkc").text(2, "map")));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(maps)).withMessage(
        "it normalises characters as 'nmt_nfkc' does (precompiled_charsmap), which is not supported");
    Vocabulary plain = read(pieces().message(2, bpe).message(3, new Wire().number(5, 0)));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(plain))
        .withMessage("it does not escape spaces (escape_whitespaces), which is not supported");
    Vocabulary back = read(pieces().message(2, bpe).message(5, new Wire().text(2, "map")));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(back))
        .withMessage("it maps characters when it decodes (denormalizer_spec), which is not supported");
  }

  @Test void read_damagedFile_isRefused() throws IOException {
    refuses(new Wire(), "has no pieces; expected a tokenizer.model of SentencePiece");
    refuses(new Wire().message(1, new Wire().text(1, "a").number(3, 7)), "at byte 2: piece 0, 'a', has the type 7");
    refuses(new Wire().message(1, new Wire().text(1, "a").real(2, Float.NaN)),
        "at byte 2: piece 0, 'a', has the type 1");
    refuses(new Wire().message(1, new Wire().text(1, "<0xZZ>").number(3, 6)), "at byte 2: piece 0, '<0xZZ>'");
    refuses(pieces().message(2, new Wire().number(3, 2).number(41, 9)), "bos_id is 9, but there are 6 pieces");
    refuses(pieces().message(2, new Wire().number(42, 1L << 40)), "eos_id is 1099511627776, but there are 6 pieces");
    refuses(new Wire().number(1, 5), "has field 1 of the wire type 0, expected 2");
    refuses(new Wire().number(0, 5), "has a field of the number 0");
    refuses(new Wire().message(1, new Wire().latin1(1, "\u00E9")), "has a text that is no valid UTF-8");
    refuses(new Wire().raw(0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1),
        "has field 1 of 18446744073709551615 bytes where 0 are left");
    refuses(new Wire().raw(0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1),
        "has a number of more than 64 bits");
    refuses(new Wire().raw(0x3B), "has field 7 of the wire type 3");
  }

  @Test void read_everyProperPrefix_isRefusedOrHasFewerPieces() throws IOException {
    SentencePieceModel.write(Vocabularies.of(" ", "a", " a"), file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(SentencePieceModel.read(file).pieces()).as("%d bytes", length).hasSizeLessThanOrEqualTo(262);
      } catch (CheckpointFormatException e) {
        assertThat(e).as("%d bytes", length).hasMessageStartingWith(file.toString());
      }
    }
  }

  @Test void read_randomDamage_isRefusedOrRead() throws IOException {
    SentencePieceModel.write(Vocabularies.of(" ", "a", " a"), file);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(20_261_128L);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = sound.clone();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        SentencePieceModel.read(file);
      } catch (CheckpointFormatException e) {
        assertThat(e).as("round %d", round).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 2_000);
  }

  private Vocabulary read(Wire content) throws IOException {
    Files.write(file, content.bytes());
    return SentencePieceModel.read(file);
  }

  private void refuses(Wire content, String message) throws IOException {
    Files.write(file, content.bytes());
    assertThatThrownBy(() -> SentencePieceModel.read(file)).as(message).isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(file + ": ").hasMessageContaining(message);
  }

  /** Unknown, BOS, EOS, a space, a with a space before it, and a. */
  private static Wire pieces() {
    return new Wire().message(1, new Wire().text(1, "<unk>").number(3, 2))
        .message(1, new Wire().text(1, "<s>").number(3, 3)).message(1, new Wire().text(1, "</s>").number(3, 3))
        .message(1, new Wire().text(1, "\u2581").real(2, -2)).message(1, new Wire().text(1, "\u2581a").real(2, -1))
        .message(1, new Wire().text(1, "a").real(2, -3));
  }

  /** A protocol buffer, field by field. */
  private static final class Wire {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire number(int field, long value) {
      return varint((long) field << 3).varint(value);
    }

    Wire real(int field, float value) {
      varint((long) field << 3 | 5);
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
      return this;
    }

    Wire text(int field, String text) {
      return block(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Wire latin1(int field, String text) {
      return block(field, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire message(int field, Wire message) {
      return block(field, message.bytes());
    }

    Wire raw(int... bytes) {
      for (int b : bytes) {
        out.write(b);
      }
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Wire block(int field, byte[] bytes) {
      varint((long) field << 3 | 2).varint(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    private Wire varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
      return this;
    }
  }
}
