package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerBinTest {

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach void nameFile() {
    file = folder.resolve("tokenizer.bin");
  }

  @Test void read_whatWasWritten_isTheSame() throws IOException {
    Vocabulary vocabulary = Vocabularies.of(" ", "é", "once", "<0xZZ>", "<0x1f>", "�");
    TokenizerBin.write(vocabulary, file);
    assertThat(TokenizerBin.read(file)).isEqualTo(vocabulary);
    assertThat(TokenizerBin.read(file, 265)).isEqualTo(vocabulary);
    assertOnlyFileIsThere();
  }

  @Test void write_twoPieces_hasTheBytesOfTheLayout() throws IOException {
    var pieces = List.of(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("é", -2.5f, Kind.CONTROL));
    var special = new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.empty());
    TokenizerBin.write(new Vocabulary(Vocabulary.Model.SENTENCEPIECE_BPE, pieces, special, Map.of()), file);
    assertThat(file)
        .hasBinaryContent(little(5).score(0).number(5).text("<unk>").score(-2.5f).number(2).text("é").bytes());
  }

  @ParameterizedTest
  @CsvSource({"llama2-tokenizer/tokenizer.bin, 32000",
      "stories260K/tok512.bin, 512"}) void write_realFile_givesTheSameBytesBack(String name, int vocabSize)
          throws IOException {
    Path real = ReferenceData.file(name);
    TokenizerBin.write(TokenizerBin.read(real, vocabSize), file);
    assertThat(file).hasSameBinaryContentAs(real);
  }

  @Test void read_realFile_knowsTheKinds() throws IOException {
    Vocabulary vocabulary = TokenizerBin.read(ReferenceData.file("stories260K/tok512.bin"));
    assertThat(vocabulary.pieces()).hasSize(512).startsWith(new Piece("<unk>", 0, Kind.UNKNOWN),
        new Piece("\n<s>\n", 0, Kind.CONTROL), new Piece("\n</s>\n", 0, Kind.CONTROL),
        new Piece("<0x00>", 0, Kind.BYTE));
    assertThat(vocabulary.pieces().stream().filter(piece -> piece.kind() == Kind.BYTE)).hasSize(256);
    assertThat(vocabulary.pieces().stream().filter(piece -> piece.kind() == Kind.NORMAL)).hasSize(512 - 259);
  }

  @Test void read_fewerOrMoreEntriesThanTheModel_isRefused() throws IOException {
    TokenizerBin.write(Vocabularies.of(" "), file);
    refuses(() -> TokenizerBin.read(file, 32_000), "has 260 entries, the model's vocabulary has 32000;"
        + " use -z to name the tokenizer that belongs to the model");
    refuses(() -> TokenizerBin.read(file, 259), "has 260 entries, the model's vocabulary has 259;"
        + " use -z to name the tokenizer that belongs to the model");
  }

  @Test void read_everyProperPrefixOfAFile_isRefusedUnlessItEndsAfterAPiece() throws IOException {
    byte[] whole = little(5).score(0).number(5).text("<unk>").score(-1).number(1).text("a").score(-2).number(2)
        .text("bc").bytes();
    List<Integer> readable = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        TokenizerBin.read(file);
        readable.add(length);
      } catch (CheckpointFormatException e) {
        assertThat(e).as("%d bytes", length).hasMessageStartingWith(file.toString()).hasMessageFindingMatch(
            "is empty|truncated");
      }
    }
    assertThat(readable).containsExactly(17, 26);
  }

  @Test void read_emptyFile_isRefused() throws IOException {
    refusesContent(new byte[0], "is empty; expected a tokenizer.bin");
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "6", "2147483647", "-2147483648"}) void read_lengthOfPieceOutOfRange_isRefused(int length)
      throws IOException {
    refusesContent(little(5).score(0).number(5).text("<unk>").score(1).number(length).text("abcdef").bytes(),
        "at byte 21: piece 1 has length " + length + "; expected 1 to 5, the longest that the file announces");
  }

  @Test void read_lengthPastTheEnd_isRefused() throws IOException {
    refusesContent(little(9).score(0).number(5).text("<unk>").score(1).number(9).text("abcdef").bytes(),
        "at byte 25: truncated: piece 1 has 9 bytes, 6 are left");
  }

  @ParameterizedTest
  @CsvSource({"0", "-27", "4097", "2147483647"}) void read_longestPieceOutOfRange_isRefused(int longest)
      throws IOException {
    refusesContent(little(longest).score(0).number(5).text("<unk>").bytes(),
        "at byte 0: no tokenizer.bin: it begins with the length of its longest piece, in [1, 4096], got " + longest);
  }

  @Test void read_scoreNaN_isRefused() throws IOException {
    refusesContent(little(5).score(Float.NaN).number(5).text("<unk>").bytes(),
        "at byte 4: piece 0 has the score NaN; the file is damaged");
  }

  @Test void read_pieceThatIsNoUtf8OrHoldsNul_isRefused() throws IOException {
    var begin = little(5).score(0).number(5).text("<unk>").score(0).number(2);
    refusesContent(begin.latin1("a\u00E9").bytes(), "at byte 25: piece 1 is no valid UTF-8; the file is damaged");
    var again = little(5).score(0).number(5).text("<unk>").score(0).number(2);
    refusesContent(again.text("a\0").bytes(), "at byte 25: piece 1 holds a NUL; the file is damaged");
  }

  @Test void read_earlyLayoutWithoutScores_hasTheScoresOfTheOrder() throws IOException {
    var early = new Layout();
    List<String> texts = earlyPieces();
    texts.addAll(List.of("  ", " t", "er"));
    for (String text : texts) {
      early.number(text.getBytes(UTF_8).length).text(text);
    }
    Files.write(file, early.bytes());
    Vocabulary read = TokenizerBin.read(file);
    assertThat(read.pieces()).hasSize(262).startsWith(new Piece("<unk>", 0, Kind.UNKNOWN),
        new Piece("\n<s>\n", 0, Kind.CONTROL), new Piece("\n</s>\n", 0, Kind.CONTROL),
        new Piece("<0x00>", 0, Kind.BYTE)).endsWith(new Piece("<0xFF>", 0, Kind.BYTE),
            new Piece("  ", -1e9f, Kind.NORMAL),
            new Piece(" t", -1, Kind.NORMAL), new Piece("er", -2, Kind.NORMAL));
  }

  @Test void read_earlyLayoutWithBytesAsCharacters_isThatOfToday() throws IOException {
    List<Piece> more = List.of(new Piece("!", -9, Kind.NORMAL), new Piece("a", -8, Kind.NORMAL));
    var early = little(27);
    for (String text : earlyPieces()) {
      early.score(0).number(text.getBytes(UTF_8).length).text(text);
    }
    for (Piece piece : more) {
      early.score(piece.score()).number(1).text(piece.text());
    }
    Files.write(file, early.bytes());
    Vocabulary read = TokenizerBin.read(file);
    assertThat(read).isEqualTo(Vocabularies.of(more));
    assertThat(new SentencePieceBpe(read).encode("!é", EncodeOptions.TEXT)).as("the later of two that look alike")
        .containsExactly(Vocabularies.FIRST_BYTE + ' ', Vocabularies.FIRST_TEXT, Vocabularies.FIRST_BYTE + 0xC3,
            Vocabularies.FIRST_BYTE + 0xA9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true}) void read_llama2InAnEarlyLayout_givesTheSameTokens(boolean scores)
      throws IOException {
    Vocabulary today = TokenizerBin.read(ReferenceData.file("llama2-tokenizer/tokenizer.bin"));
    ByteBuffer early = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    if (scores) {
      early.putInt(27);
    }
    for (int id = 0; id < today.pieces().size(); id++) {
      Piece piece = today.pieces().get(id);
      String text = piece.kind() == Kind.BYTE ? Character.toString(id - Vocabularies.FIRST_BYTE) : piece.text();
      if (scores) {
        early.putFloat(piece.score());
      }
      early.putInt(text.getBytes(UTF_8).length).put(text.getBytes(UTF_8));
    }
    Files.write(file, Arrays.copyOf(early.array(), early.position()));
    assertThat(Files.size(file)).as("bytes, as in the wild").isEqualTo(scores ? 432_717 : 304_713);
    String stories = Files.readString(ReferenceData.file("tinystories/valid.txt"));
    assertThat(Arrays.mismatch(Tokenizer.of(TokenizerBin.read(file)).encode(stories, EncodeOptions.PROMPT),
        Tokenizer.of(today).encode(stories, EncodeOptions.PROMPT))).as("first difference").isEqualTo(-1);
  }

  private static List<String> earlyPieces() {
    List<String> texts = new ArrayList<>(List.of("<unk>", "\n<s>\n", "\n</s>\n"));
    for (int b = 0; b < 256; b++) {
      texts.add(Character.toString(b));
    }
    return texts;
  }

  @Test void read_modelByMistake_saysSo() throws IOException {
    var old = little(288).number(768).number(6).number(6).number(6).number(32_000).number(256).text("weights");
    refusesContent(old.bytes(), "is a llama2.c checkpoint, a model; expected a tokenizer.bin: use -z to name it");
    refusesContent(little(0x616b3432).number(1).bytes(),
        "is a llama2.c checkpoint, a model; expected a tokenizer.bin: use -z to name it");
    refusesContent("GGUF\3\0\0\0".getBytes(UTF_8),
        "is a GGUF file, a model; expected a tokenizer.bin: use -z to name it");
    refusesContent("PK\3\4".getBytes(UTF_8), "is a zip file; expected a tokenizer.bin");
    refusesContent("version https://git-lfs.github.com/spec/v1\n".getBytes(UTF_8),
        "is a Git LFS pointer, not the file itself; fetch it with git lfs pull");
    refusesContent("{\"version\": 1}".getBytes(UTF_8), "is JSON, as of a tokenizer.json; expected a tokenizer.bin");
  }

  @ParameterizedTest
  @CsvSource({"stories260K/stories260K.bin, is a llama2.c checkpoint",
      "stories260K/stories260K_v1.bin, is a llama2.c checkpoint", "stories260K/stories260K.gguf, is a GGUF file",
      "stories260K/tok512.model, is a SentencePiece model"}) void read_realFileOfAnotherKind_saysWhatItIs(String name,
          String message) {
    Path real = ReferenceData.file(name);
    assertThatThrownBy(() -> TokenizerBin.read(real)).isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(real + ": " + message);
  }

  @Test void read_hugeFileOfZeros_isRefusedInBoundedMemory() throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 31);
    }
    refuses(() -> TokenizerBin.read(file), "has more than 33,554,432 bytes: no tokenizer.bin is that long;"
        + " is it a model? use -z to name its tokenizer");
  }

  @Test void read_folderOrMissingFile_isRefused() {
    assertThatThrownBy(() -> TokenizerBin.read(folder)).isInstanceOf(CheckpointFormatException.class)
        .hasMessage(folder + ": is a folder; expected a tokenizer.bin");
    assertThatThrownBy(() -> TokenizerBin.read(file)).isInstanceOf(NoSuchFileException.class);
  }

  @Test void read_randomBytes_areRefusedOrRead() throws IOException {
    Random random = new Random(20_260_103L);
    TokenizerBin.write(Vocabularies.of(" ", "a", "once upon"), file);
    byte[] sound = Files.readAllBytes(file);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
      for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        TokenizerBin.read(file);
      } catch (CheckpointFormatException e) {
        assertThat(e).as("round %d", round).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test void write_whatTheLayoutCannotSay_isRefused() {
    refusesToWrite(Vocabularies.of(List.of(new Piece("x", 0, Kind.USER_DEFINED))),
        "tokenizer.bin cannot say that piece 259, 'x', is USER_DEFINED; it would be read as NORMAL");
    refusesToWrite(Vocabularies.of(""), "piece 259 is empty; tokenizer.bin has no such pieces");
    refusesToWrite(Vocabularies.of("a\0"), "piece 259 holds a NUL; tokenizer.bin has no such pieces");
    refusesToWrite(Vocabularies.of("\uD83D"), "piece 259 is no valid Unicode: a surrogate without its partner");
    refusesToWrite(Vocabularies.of("a".repeat(4097)), "piece 259 has 4097 bytes; expected at most 4096");
    Vocabulary made = Vocabularies.of("a");
    var otherEos = new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(5));
    refusesToWrite(new Vocabulary(made.model(), made.pieces(), otherEos, Map.of()),
        "tokenizer.bin fixes the unknown token, BOS and EOS at 0, 1 and 2, got " + otherEos);
    refusesToWrite(new Vocabulary(Vocabulary.Model.BYTE_LEVEL_BPE, made.pieces(), made.special(), Map.of()),
        "tokenizer.bin holds SENTENCEPIECE_BPE only, got BYTE_LEVEL_BPE");
    assertThat(file).doesNotExist();
  }

  @Test void write_overAnExistingFile_replacesIt() throws IOException {
    Files.writeString(file, "old");
    TokenizerBin.write(Vocabularies.of("a"), file);
    assertThat(TokenizerBin.read(file)).isEqualTo(Vocabularies.of("a"));
  }

  @Test void write_overAFolder_failsAndLeavesNothingBehind() throws IOException {
    Files.createDirectories(file.resolve("content"));
    var e = catchThrowableOfType(FileSystemException.class, () -> TokenizerBin.write(Vocabularies.of("a"), file));
    assertThat(e).isNotNull().isNotInstanceOf(FileAlreadyExistsException.class);
    assertOnlyFileIsThere();
  }

  private void assertOnlyFileIsThere() throws IOException {
    try (var left = Files.list(folder)) {
      assertThat(left).as("no temporary file is left").containsExactly(file);
    }
  }

  private void refusesContent(byte[] content, String message) throws IOException {
    Files.write(file, content);
    refuses(() -> TokenizerBin.read(file), message);
  }

  private void refuses(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(CheckpointFormatException.class).hasMessage(file + ": " + message);
  }

  private void refusesToWrite(Vocabulary vocabulary, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenizerBin.write(vocabulary, file)).withMessage(message);
  }

  private static Layout little(int first) {
    return new Layout().number(first);
  }

  /** Bytes of a file, written one after the other. */
  private static final class Layout {

    private final ByteBuffer out = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);

    Layout number(int value) {
      out.putInt(value);
      return this;
    }

    Layout score(float value) {
      out.putFloat(value);
      return this;
    }

    Layout text(String text) {
      out.put(text.getBytes(UTF_8));
      return this;
    }

    Layout latin1(String text) {
      out.put(text.getBytes(ISO_8859_1));
      return this;
    }

    byte[] bytes() {
      return Arrays.copyOf(out.array(), out.position());
    }
  }
}
