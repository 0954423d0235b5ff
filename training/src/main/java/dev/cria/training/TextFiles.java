package dev.cria.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents of plain text: those of a file stand between lines of {@value #SEPARATOR}, and a file without any is one document.
 *
 * @since 0.1
 */
public final class TextFiles {

  /** What stands between documents. */
  public static final String SEPARATOR = "<|endoftext|>";

  private TextFiles() {}

  /**
   * All documents of some files, stripped, without the empty ones.
   *
   * @throws IOException if a file cannot be read, is not UTF-8, or there is no document at all
   */
  public static List<String> read(List<Path> files) throws IOException {
    List<String> documents = new ArrayList<>();
    for (Path file : files) {
      read(file, documents);
    }
    if (documents.isEmpty()) {
      throw new FileSystemException(String.valueOf(files.getFirst()), null,
          "holds no text, nor do the other files named; name a file of plain text");
    }
    return documents;
  }

  private static void read(Path file, List<String> documents) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder; name files of plain text in it");
    }
    var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    StringBuilder text = new StringBuilder();
    char[] chars = new char[1 << 16];
    try (BufferedReader in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
      for (int count = in.read(chars); count >= 0; count = in.read(chars)) {
        int from = Math.max(0, text.length() - SEPARATOR.length());
        text.append(chars, 0, count);
        int done = 0;
        for (int at = text.indexOf(SEPARATOR, from); at >= 0; at = text.indexOf(SEPARATOR, done)) {
          add(text.substring(done, at), documents);
          done = at + SEPARATOR.length();
        }
        text.delete(0, done);
      }
    } catch (CharacterCodingException e) {
      FileSystemException notText = new FileSystemException(file.toString(), null, "after document " + documents.size()
          + ": is no UTF-8 text; convert it first, as with iconv");
      notText.initCause(e);
      throw notText;
    }
    add(text.toString(), documents);
  }

  private static void add(String text, List<String> documents) {
    String stripped = text.strip();
    if (!stripped.isEmpty()) {
      documents.add(stripped);
    }
  }
}
