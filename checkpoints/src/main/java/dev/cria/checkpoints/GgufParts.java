package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that make up a GGUF model: one, or all parts of one that was split.
 *
 * @param parts in order; the metadata that counts is that of the first
 */
record GgufParts(List<Part> parts) implements Closeable {

  private static final Pattern PART_NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
  private static final int MOST_PARTS = 99_999;

  /** One file. */
  record Part(MappedFile file, GgufHeader header) {}

  /**
   * Opens a file and, if it is the first part, the others beside it.
   *
   * @throws CheckpointFormatException if one is not sound or does not belong to the others
   */
  static GgufParts open(Path path) throws IOException {
    List<Part> parts = new ArrayList<>();
    GgufParts opened = new GgufParts(parts);
    try {
      Part first = openPart(path);
      parts.add(first);
      int count = number(first, "split.count", 1);
      if (count > 1) {
        addOthers(parts, path, count);
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Bytes of all files. */
  long byteSize() {
    return parts.stream().mapToLong(part -> part.file().byteSize()).sum();
  }

  GgufMetadata metadata() {
    return parts.getFirst().header().metadata();
  }

  @Override public void close() throws IOException {
    for (Part part : parts) {
      part.file().close();
    }
  }

  private static Part openPart(Path path) throws IOException {
    return MappedFile.open(path, file -> new Part(file, GgufHeader.read(file)));
  }

  private static void addOthers(List<Part> parts, Path path, int count) throws IOException {
    Matcher name = PART_NAME.matcher(String.valueOf(path.getFileName()));
    int number = number(parts.getFirst(), "split.no", 0);
    if (!name.matches() || Integer.parseInt(name.group(3)) != count) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "is part %d of %d, but not named so; parts must be named as NAME-%05d-of-%05d.gguf, all in one folder",
          number + 1, count, number + 1, count));
    }
    if (number != 0) {
      throw new CheckpointFormatException(path, "is part " + (number + 1) + " of " + count + "; name the first, "
          + partName(path, name, 0, count).getFileName());
    }
    for (int i = 1; i < count; i++) {
      Path next = partName(path, name, i, count);
      if (!Files.isRegularFile(next)) {
        throw new CheckpointFormatException(path, "is the first of " + count + " parts, but there is no "
            + next.getFileName() + " beside it; fetch all parts into one folder");
      }
      Part part = openPart(next);
      parts.add(part);
      if (number(part, "split.no", -1) != i || number(part, "split.count", -1) != count) {
        throw new CheckpointFormatException(next, "is not part " + (i + 1) + " of " + count
            + ", as its name says; fetch all parts again");
      }
    }
    long tensors = parts.stream().mapToLong(part -> part.header().tensors().size()).sum();
    long expected = parts.getFirst().header().metadata().whole("split.tensors.count").orElse(tensors);
    if (tensors != expected) {
      throw new CheckpointFormatException(path, "its " + count + " parts have " + tensors + " tensors, expected "
          + expected + "; fetch all parts again");
    }
  }

  private static Path partName(Path path, Matcher name, int number, int count) {
    return path.resolveSibling(String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", name.group(1), number + 1, count));
  }

  private static int number(Part part, String key, int otherwise) throws IOException {
    long number = part.header().metadata().whole(key).orElse((long) otherwise);
    if (number < Math.min(otherwise, 0) || number > MOST_PARTS) {
      throw part.header().metadata().problem("%s is %d, expected 0 to %,d; the file is damaged", key, number,
          MOST_PARTS);
    }
    return (int) number;
  }
}
