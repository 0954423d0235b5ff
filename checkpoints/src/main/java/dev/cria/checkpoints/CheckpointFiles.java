package dev.cria.checkpoints;

import dev.cria.api.NearestName;
import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.kernel.EncodingLookup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens model files: asks every format at hand whether it recognises the content, and says in one line what is wrong with
 * a file that cannot be opened.
 *
 * <p>Names of files mean nothing here, nor does the order of the formats: a file that two of them recognise is refused.
 *
 * @since 0.1
 */
public final class CheckpointFiles {

  private static final int NAMES_LOOKED_AT = 10_000; // of a folder, for suggestions

  /**
   * What one format says of a file.
   *
   * @param format which
   * @param recognition whether it is of this format, and why
   */
  public record Probe(CheckpointFormat format, Recognition recognition) {}

  private final List<CheckpointFormat> formats;
  private final EncodingLookup encodings;
  private final String unusable; // in brackets, or empty

  /** Uses those formats that are available, and these encodings. */
  public CheckpointFiles(Providers<CheckpointFormat> formats, EncodingLookup encodings) {
    this.encodings = encodings;
    this.formats = formats.found().stream().filter(found -> found.availability().isAvailable())
        .map(Providers.Found::provider).toList();
    String reasons = Stream.concat(
        formats.found().stream().flatMap(found -> found.availability().reason().stream()
            .map(reason -> found.provider().name() + ": " + reason)),
        formats.broken().stream().map(broken -> broken.className() + " in " + broken.origin() + ": " + broken.reason()))
        .collect(Collectors.joining("; "));
    this.unusable = reasons.isEmpty() ? "" : " (formats that cannot be used here: " + reasons + ")";
  }

  /** Finds the formats and the encodings on a class path. */
  public static CheckpointFiles load(ClassLoader loader) {
    return new CheckpointFiles(Providers.load("format", CheckpointFormat.class, loader),
        EncodingLookup.in(loader));
  }

  /** The formats that are asked. */
  public List<CheckpointFormat> formats() {
    return formats;
  }

  /**
   * Recognises a file and opens it.
   *
   * @throws CheckpointFormatException if no format or more than one recognises it, or its content is not sound
   * @throws IOException if it cannot be read; the message names the file and the reason
   */
  public Checkpoint open(Path path) throws IOException {
    return recognise(path).open(path, encodings);
  }

  /**
   * The one format of a file.
   *
   * @throws CheckpointFormatException if no format or more than one recognises it
   * @throws IOException if it cannot be read; the message names the file and the reason
   */
  public CheckpointFormat recognise(Path path) throws IOException {
    List<Probe> probes = probe(path);
    List<Probe> hits = probes.stream().filter(probe -> probe.recognition().recognised()).toList();
    if (hits.size() > 1) {
      throw new CheckpointFormatException(path,
          "is recognised by " + hits.stream().map(probe -> probe.format().name() + ": " + probe.recognition().reason())
              .collect(Collectors.joining(" and "))
              + "; take one of them off the class path");
    }
    if (hits.isEmpty()) {
      throw new CheckpointFormatException(path, unrecognised(path) + unusable);
    }
    return hits.getFirst().format();
  }

  /**
   * What each format says of a file, in the order of {@link #formats()}.
   *
   * @throws IOException if it cannot be read, is empty, or is neither a file nor a folder
   */
  public List<Probe> probe(Path path) throws IOException {
    requireSomethingToRead(path);
    return Unreadable.explain(path, () -> {
      Stream.Builder<Probe> probes = Stream.builder();
      for (CheckpointFormat format : formats) {
        probes.add(new Probe(format, format.recognise(path)));
      }
      return probes.build().toList();
    });
  }

  private static void requireSomethingToRead(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, missing(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new CheckpointFormatException(path, "is no regular file but a device, pipe or socket; name a model file");
    }
    if (Files.size(path) == 0) {
      throw new CheckpointFormatException(path, "is empty (0 bytes); fetch it again");
    }
  }

  private static String missing(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Path name = path.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return "no such file, nor such a folder; check the path";
    }
    return "no such file in " + folder + NearestName.of(name.toString(), namesIn(folder))
        .map(near -> "; did you mean '" + near + "'?").orElse("; check the path");
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.limit(NAMES_LOOKED_AT).map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (AccessDeniedException e) {
      return List.of(); // a folder may hide its names and yet let its files be opened
    }
  }

  private String unrecognised(Path path) throws IOException {
    String readable = "This version reads " + formats.stream().map(CheckpointFormat::name).sorted()
        .collect(Collectors.joining(", ")) + ".";
    if (Files.isDirectory(path)) {
      Optional<String> model = namesIn(path).stream().filter(name -> name.endsWith(".gguf")
          || (name.endsWith(".bin") && !name.equals("tokenizer.bin"))).findFirst();
      return "is a folder; name a file in it" + model.map(name -> ", such as " + path.resolve(name)).orElse("")
          + ". " + readable;
    }
    try (MappedFile file = MappedFile.open(path)) {
      ByteBuffer head = file.head(FileSignature.HEAD_BYTES);
      Optional<FileSignature> signature = FileSignature.of(head);
      if (signature.isPresent()) {
        return "is " + signature.get().what() + "; " + signature.get().advice();
      }
      byte[] start = new byte[Math.min(8, head.limit())];
      head.get(0, start);
      return String.format(Locale.ROOT, "is no checkpoint of a known format: %,d bytes that begin with %s;"
          + " check that it is the model and was fetched whole. %s", file.byteSize(),
          HexFormat.ofDelimiter(" ").formatHex(start), readable);
    }
  }
}
