package dev.cria.checkpoints;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly: a key that is there twice is refused, and so is whatever follows the value.
 *
 * <p>Objects become maps, arrays lists, numbers {@link BigDecimal}; what is null counts as absent.
 */
final class JsonFile {

  /** Where Gson stopped; the rest of its message is for programmers. */
  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

  private final Path path;
  private final JsonReader in;

  /**
   * Prepares to read some bytes of a file.
   *
   * @throws CheckpointFormatException if they are no UTF-8
   */
  JsonFile(Path path, ByteBuffer bytes) throws CheckpointFormatException {
    this.path = path;
    try {
      this.in = new JsonReader(new StringReader(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString()));
    } catch (CharacterCodingException e) {
      throw refused("is no UTF-8", e);
    }
    in.setStrictness(Strictness.STRICT);
  }

  /** The object that a whole file holds. */
  static Map<String, Object> readObject(Path path, int mostBytes) throws IOException {
    if (Files.size(path) > mostBytes) {
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "has %,d bytes, more than such a file can need (%,d); fetch it again", Files.size(path), mostBytes));
    }
    return new JsonFile(path, ByteBuffer.wrap(Files.readAllBytes(path))).readObject();
  }

  /** The object that is all there is. */
  Map<String, Object> readObject() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    readMembers(into(object));
    return object;
  }

  /** Takes a member of an object. */
  @FunctionalInterface
  interface Member {
    /** Reads the value, by {@link #value}. */
    void read(String name) throws IOException;
  }

  /** Reads the object that is all there is, member by member. */
  void readMembers(Member member) throws IOException {
    try {
      members(member);
      var _ = in.peek(); // refuses whatever follows
    } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
      throw refused("is no sound JSON", e);
    }
  }

  /** The value at hand, null if it is null. */
  @Nullable Object value() throws IOException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        members(into(object));
        yield object;
      }
      case BEGIN_ARRAY -> {
        List<Object> list = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
          Object value = value();
          if (value != null) {
            list.add(value);
          }
        }
        in.endArray();
        yield list;
      }
      case STRING -> in.nextString();
      case BOOLEAN -> in.nextBoolean();
      case NUMBER -> new BigDecimal(in.nextString()); // Gson refuses those of more than 1024 digits
      case NULL -> {
        in.nextNull();
        yield null;
      }
      default -> throw refused("is no sound JSON", null);
    };
  }

  private Member into(Map<String, Object> object) {
    return name -> {
      Object value = value();
      if (value != null) {
        object.put(name, value);
      }
    };
  }

  private void members(Member member) throws IOException {
    in.beginObject();
    Set<String> seen = new HashSet<>();
    while (in.hasNext()) {
      String name = in.nextName();
      if (!seen.add(name)) {
        throw refused("has the key '" + shortened(name) + "' twice", null);
      }
      member.read(name);
    }
    in.endObject();
  }

  private CheckpointFormatException refused(String problem, @Nullable Throwable cause) {
    Matcher place = PLACE.matcher(cause == null ? "" : String.valueOf(cause.getMessage()));
    String where = place.find() ? " (" + place.group() + ")" : "";
    var refused = new CheckpointFormatException(path, problem + where + "; the file is damaged: fetch it again");
    refused.initCause(cause);
    return refused;
  }

  private static String shortened(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "…" : name;
  }
}
