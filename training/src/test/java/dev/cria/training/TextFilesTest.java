package dev.cria.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFilesTest {

  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test void read_severalFiles_givesStrippedDocumentsInOrder() throws IOException {
    Path one = file("one", "\n first \n<|endoftext|>\n\n<|endoftext|>second\nline<|endoftext|>");
    Path two = file("two", "third");
    assertThat(TextFiles.read(List.of(one, two))).containsExactly("first", "second\nline", "third");
  }

  @Test void read_separatorsAcrossBuffers_areFound() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("t").append(i).append("<|endoftext|>");
    }
    List<String> documents = TextFiles.read(List.of(file("long", text.toString())));
    assertThat(documents).hasSize(50_000);
    assertThat(documents.get(49_999)).isEqualTo("t49999");
  }

  @Test void read_nothingOrNoText_isRefused() throws IOException {
    Path empty = file("empty", " \n<|endoftext|>\n");
    assertThatThrownBy(() -> TextFiles.read(List.of(empty))).isInstanceOf(IOException.class)
        .hasMessageContaining("holds no text");
    Path latin = Files.write(folder.resolve("latin"), "One<|endoftext|>Caf\u00e9 au lait".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> TextFiles.read(List.of(latin))).isInstanceOf(IOException.class)
        .hasMessageContaining("is no UTF-8 text");
    assertThatThrownBy(() -> TextFiles.read(List.of(folder))).isInstanceOf(IOException.class)
        .hasMessageContaining("is a folder");
  }
}
