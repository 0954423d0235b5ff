package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files that are wrong in some way, known from the tests and the published flaws of other readers. */
@Timeout(20)
final class GgufHostileTest {

  private static final long HUGE = -1; // 2^64 − 1, for who reads it without a sign

  @TempDir Path folder;

  @Test void header_thatIsWrong_isRefused() throws IOException {
    byte[] sound = GgufBytes.model().build();
    byte[] otherMagic = sound.clone();
    System.arraycopy("FUGG".getBytes(StandardCharsets.US_ASCII), 0, otherMagic, 0, 4);
    assertRefused(otherMagic, "at byte 0: is no GGUF file: it does not start with \"GGUF\"");
    assertRefused(new GgufBytes().version(0).build(),
        "at byte 4: is GGUF of version 0; versions 2 and 3 are read: fetch");
    assertRefused(new GgufBytes().version(1).build(), "at byte 4: is GGUF of version 1; versions 2 and 3 are read:"
        + " convert the model again");
    assertRefused(new GgufBytes().version(4).build(), "at byte 4: is GGUF of version 4; versions 2 and 3 are read");
    assertRefused(new GgufBytes().version(3 << 24).build(),
        "at byte 4: is GGUF of version 50331648; versions 2 and 3 are"
            + " read: it is in the wrong byte order, fetch one for little-endian machines");
    assertRefused(Arrays.copyOf(sound, 8), "at byte 8: truncated: the file ends here, where the number of tensors is");
    for (long count : new long[]{-1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0555555555555555L}) {
      assertRefused(new GgufBytes().build(count, 0), "at byte 8: claims to have " + Long.toUnsignedString(count)
          + " tensors, which 24 bytes cannot hold");
      assertRefused(new GgufBytes().build(0, count), "at byte 16: claims to have " + Long.toUnsignedString(count)
          + " keys, which 24 bytes cannot hold");
    }
  }

  @Test void file_withNothingInIt_opensButIsNoModel() throws IOException {
    try (Checkpoint empty = open(new GgufBytes().build())) {
      assertThat(empty.tensors()).isEmpty();
      assertThatThrownBy(empty::configuration).isInstanceOf(CheckpointFormatException.class)
          .hasMessageEndingWith(": has no key general.architecture, which a model needs; fetch or convert it again");
    }
  }

  @Test void file_cutAnywhereInItsHeader_isRefused() throws IOException {
    byte[] sound = GgufBytes.model().text("tokenizer.ggml.model", "llama").texts("tokenizer.ggml.tokens", "a", "b")
        .build();
    for (int length = 0; length < 2000; length += length < 300 ? 1 : 13) {
      assertRefused(Arrays.copyOf(sound, length), "");
    }
    assertRefused(Arrays.copyOf(GgufBytes.model().build(), GgufBytes.model().build().length - 33), "truncated: its"
        + " tensors need ");
  }

  @ParameterizedTest
  @ValueSource(longs = {HUGE, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1 << 30,
      70_000}) void lengths_beyondTheFile_areRefused(
          long length) throws IOException {
    byte[] count = GgufBytes.written(GgufBytes.little(8).putLong(length));
    assertRefused(new GgufBytes().rawValue(GgufBytes.join(count, new byte[40])).build(),
        "at byte 24: key 0 claims to have "
            + Long.toUnsignedString(length) + " bytes");
    assertRefused(new GgufBytes().value("k", GgufBytes.STRING, count).build(), "'k' claims to have "
        + Long.toUnsignedString(length) + " bytes");
    for (int type : new int[]{0, 4, 8, 12}) {
      byte[] array = GgufBytes.join(GgufBytes.written(GgufBytes.little(4).putInt(type)), count, new byte[16]);
      assertRefused(new GgufBytes().value("k", GgufBytes.ARRAY, array).build(), "'k' claims to have "
          + Long.toUnsignedString(length) + " elements");
    }
  }

  @Test void values_thatAreWrong_areRefused() throws IOException {
    assertRefused(new GgufBytes().u32("", 1).build(), "at byte 24: key 0 is empty; the file is damaged");
    assertRefused(new GgufBytes().u32("a", 1).u32("a", 2).build(), "key 'a' is there twice; the file is damaged");
    assertRefused(new GgufBytes().value("a", 13, new byte[8]).build(), "'a' is of type 13; types are 0 to 12");
    assertRefused(new GgufBytes().value("a", -1, new byte[8]).build(), "'a' is of type 4294967295; types are 0 to 12");
    assertRefused(array(13), "'a' is of type 13; types are 0 to 12");
    assertRefused(array(9), "'a' is an array of arrays, which is not supported");
  }

  private static byte[] array(int elementType) {
    return new GgufBytes().value("a", GgufBytes.ARRAY,
        GgufBytes.written(GgufBytes.little(28).putInt(elementType).putLong(1))).build();
  }

  @Test void alignment_thatIsNone_isRefused() throws IOException {
    for (int alignment : new int[]{0, 13, 33, -1, Integer.MIN_VALUE}) {
      assertRefused(GgufBytes.configuration().u32("general.alignment", alignment).build(), "general.alignment is "
          + Integer.toUnsignedString(alignment) + " of type uint32, expected a power of two up to 2^30");
    }
    assertRefused(GgufBytes.configuration().value("general.alignment", GgufBytes.I32,
        GgufBytes.written(GgufBytes.little(4).putInt(32))).build(),
        "general.alignment is 32 of type int32, expected a power of two");
    assertRefused(GgufBytes.configuration().text("general.alignment", "32").build(), "general.alignment is 32 of type"
        + " string, expected");
    assertRefused(new GgufBytes().u32("general.alignment", 1 << 30).tensor("a", 2).build(),
        "truncated: its tensors need");
  }

  @Test void tensors_thatAreWrong_areRefused() throws IOException {
    assertRefused(info("n".repeat(64), 0, 0, 1), "the name of tensor 0 claims to have 64 bytes");
    assertRefused(info("a", 0, 0, 1, 1, 1, 1, 1), "tensor 'a' has 5 dimensions, expected 1 to 4");
    assertRefused(info("a", 0, 0), "tensor 'a' has 0 dimensions, expected 1 to 4");
    assertRefused(dimensions(0x7FFFFFFF), "tensor 'a' has 2147483647 dimensions, expected 1 to 4");
    assertRefused(info("a", 0, 0, -1),
        "tensor 'a' has a dimension of 18446744073709551615, expected 0 to 2,147,483,647");
    assertRefused(info("a", 24, 0, Long.MAX_VALUE, 2), "tensor 'a' has a dimension of 9223372036854775807");
    assertRefused(info("a", 0, 0, 1L << 32, 1L << 32), "tensor 'a' has a dimension of 4294967296");
    assertRefused(info("a", 0, 0, 4, (1L << 42) + 1), "tensor 'a' has a dimension of 4398046511105");
    long most = Integer.MAX_VALUE;
    assertRefused(info("a", 0, 0, most, most, most, most), "tensor 'a' is larger than any file can be");
    assertRefused(info("a", 0, 0, 4, (1L << 30) - 1, (1L << 30) + 1), "tensor 'a' is larger than any file can be");
    assertRefused(info("a", 0, 0, most, most), "tensor 'a' is larger than any file can be");
    assertRefused(info("a", 36, 0, 32), "tensor 'a' is of type 36, which this version does not know");
    assertRefused(info("a", -1, 0, 32), "tensor 'a' is of type 4294967295, which this version does not know");
    assertRefused(info("a", 2, 0, 33),
        "tensor 'a' has rows of 33 elements in q4_0, expected a multiple of its block of 32");
    assertRefused(info("a", 0, -32, 1), "tensor 'a' begins at byte 18446744073709551584 of the data, expected 0,");
    assertRefused(info("a", 0, 32, 1), "tensor 'a' begins at byte 32 of the data, expected 0,");
    assertRefused(new GgufBytes().tensor("a", 8).tensor("a", 8).build(), "tensor 'a' is there twice");
    assertRefused(new GgufBytes().tensor("a", 1).info("b", 0, 4, 1).build(), "tensor 'b' begins at byte 4 of the data,"
        + " expected 32, after the one before at an alignment of 32");
    assertRefused(info("a", 24, 0, 1L << 30), "truncated: its tensors need 1,073,741,");
  }

  private static byte[] dimensions(int count) {
    byte[] bytes = info("a", 0, 0, 1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 9, count);
    return bytes;
  }

  @Test void tensors_withoutElements_areRead() throws IOException {
    try (Checkpoint model = open(new GgufBytes().info("a", 0, 0, 0).info("b", 0, 0, 4, 0, 2).tensor("c", 2).build())) {
      assertThat(model.tensor("a").cols()).isZero();
      assertThat(model.tensor("b").rows()).isZero();
      assertThat(model.tensor("c").byteSize()).isEqualTo(8);
    }
  }

  private static byte[] info(String name, int type, long offset, long... sizes) {
    return new GgufBytes().info(name, type, offset, sizes).build();
  }

  @Test void configuration_thatMakesNoSense_isRefused() throws IOException {
    assertNoModel(new GgufBytes().text("general.architecture", "gemma2").weights(), "is of the architecture 'gemma2',"
        + " which is not supported; those that are: llama, mistral, qwen2, qwen3");
    assertNoModel(new GgufBytes().u32("general.architecture", 1).weights(), "general.architecture is of type uint32,"
        + " expected a string; the file is damaged or was written by a wrong converter");
    assertNoModel(GgufBytes.configuration().u32("llama.expert_count", 8).weights(),
        "llama.expert_count is 8, which is not"
            + " supported: such a model computes otherwise than plain llama; take another");
    assertNoModel(GgufBytes.configuration().u32("llama.attention.key_length", 4)
        .u32("llama.attention.value_length", 6).weights(),
        "keys have 4 elements and values 6; models like that are not"
            + " supported");
    assertNoModel(GgufBytes.configuration().u32("llama.attention.key_length", 3).weights(),
        "headDim must be even (rope rotates pairs), got 3; the file is damaged");
    assertNoModel(GgufBytes.configuration().f32("llama.rope.freq_base", Float.NaN).weights(),
        "llama.rope.freq_base is NaN,"
            + " expected 1 to 1e12; the file is damaged");
    assertNoModel(GgufBytes.configuration().text("llama.rope.scaling.type", "yarn").weights(),
        "llama.rope.scaling.type is"
            + " 'yarn', which is not supported; those that are: none, linear, and factors in rope_freqs.weight");
    assertNoModel(GgufBytes.model().tensor("rope_freqs.weight", 0, new byte[4], 1),
        "a divisor of rope's frequencies must"
            + " be positive and finite, got 0.0; the file is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedding_length", "feed_forward_length", "block_count", "attention.head_count",
      "attention.head_count_kv", "context_length"}) void configuration_absurdSizes_areRefused(String key)
          throws IOException {
    for (int value : new int[]{0, -1, Integer.MAX_VALUE, 1 << 25}) {
      GgufBytes bytes = new GgufBytes().text("general.architecture", "llama");
      for (String each : new String[]{"embedding_length", "feed_forward_length", "block_count", "attention.head_count",
          "attention.head_count_kv", "context_length"}) {
        bytes.u32("llama." + each, each.equals(key) ? value : 8);
      }
      bytes.f32("llama.attention.layer_norm_rms_epsilon", 1e-5f).weights();
      assertNoModel(bytes, "llama." + key + " is " + Integer.toUnsignedString(value) + ", expected 1 to ");
    }
  }

  @Test void vocabulary_thatMakesNoSense_isRefused() throws IOException {
    assertRefused(tokens().floats("tokenizer.ggml.scores", 1).build(),
        "tokenizer.ggml.scores has 1 elements, but there are"
            + " 3 tokens; the file is damaged");
    assertRefused(tokens().ints("tokenizer.ggml.token_type", 1, 1).build(),
        "tokenizer.ggml.token_type has 2 elements, but"
            + " there are 3 tokens");
    assertRefused(tokens().ints("tokenizer.ggml.token_type", 1, 7, 1).build(), "token 1 is of type 7, expected 1 to 6");
    assertRefused(tokens().ints("tokenizer.ggml.token_type", 6, 1, 1).build(),
        "token 0 is of the type of bytes, but spelled"
            + " '<0x-1>', expected as <0x41>");
    assertRefused(tokens().floats("tokenizer.ggml.scores", 1, Float.NaN, 1).build(), "token 1 has the score NaN");
    assertRefused(tokens().u32("tokenizer.ggml.bos_token_id", 3).build(),
        "tokenizer.ggml.bos_token_id is 3, but there are 3"
            + " tokens");
    assertRefused(tokens().ints("tokenizer.ggml.scores", 1, 1, 1).build(),
        "tokenizer.ggml.scores is of type array of int32,"
            + " expected an array of floats");
    assertRefused(new GgufBytes().u32("tokenizer.ggml.tokens", 1).build(),
        "tokenizer.ggml.tokens is of type uint32, expected"
            + " an array of strings");
  }

  private static GgufBytes tokens() {
    return new GgufBytes().text("tokenizer.ggml.model", "llama").texts("tokenizer.ggml.tokens", "<0x-1>", "b", "c");
  }

  private void assertNoModel(GgufBytes bytes, String message) throws IOException {
    Path file = folder.resolve("model.gguf");
    try (Checkpoint model = open(bytes.build())) {
      assertThatThrownBy(model::configuration).as(message).isInstanceOf(CheckpointFormatException.class)
          .hasMessageStartingWith(file + ": " + message);
    }
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("model.gguf"), bytes);
    assertThatThrownBy(() -> new GgufFormat().open(file, Samples.ENCODINGS).close())
        .as("%d bytes, %s", bytes.length, message)
        .isInstanceOf(CheckpointFormatException.class).hasMessageStartingWith(file + ": ").hasMessageContaining(message)
        .message().doesNotContain("\n");
  }

  private Checkpoint open(byte[] bytes) throws IOException {
    return new GgufFormat().open(Files.write(folder.resolve("model.gguf"), bytes), Samples.ENCODINGS);
  }
}
