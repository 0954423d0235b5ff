package dev.cria.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import dev.cria.inference.ChatMessage.Role;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conversation as a file of JSON: {@code {"version": 1, "messages": [{"role": "user", "content": "Hello"}, …]}}. */
final class ConversationFile {

  private static final int VERSION = 1;
  private static final int MOST_BYTES = 64 << 20;

  private ConversationFile() {}

  /** Writes one, or replaces it: complete, or not at all. */
  static void write(Path file, List<ChatMessage> messages) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "cannot be written: no such folder; create it first");
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "cannot be written: it is a folder; name a file in it");
    }
    Path part = null;
    try {
      part = Files.createTempFile(folder, ".conversation", ".part");
      Files.writeString(part, json(messages));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException if it cannot be read, or is no conversation; the message says what is wrong in it
   */
  static List<ChatMessage> read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw wrong(file, "is a folder, expected a file that /save or ChatSession.save wrote", null);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw wrong(file, String.format(Locale.ROOT, "has %,d bytes, more than a conversation can need (%,d)",
          Files.size(file), MOST_BYTES), null);
    }
    JsonElement root;
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      JsonReader in = new JsonReader(new StringReader(text));
      in.setStrictness(Strictness.STRICT);
      root = JsonParser.parseReader(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw wrong(file, "has more than one JSON value; expected one object", null);
      }
    } catch (CharacterCodingException e) {
      throw wrong(file, "is no UTF-8; expected JSON", e);
    } catch (JsonParseException | MalformedJsonException e) {
      throw wrong(file, "is no sound JSON", e);
    }
    try {
      List<ChatMessage> messages = messages(root);
      ChatMessages.check(messages);
      return messages;
    } catch (IllegalArgumentException e) {
      throw wrong(file, e.getMessage(), e);
    }
  }

  private static String json(List<ChatMessage> messages) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter out = new JsonWriter(text);
    out.setIndent("  ");
    out.setHtmlSafe(false);
    out.beginObject().name("version").value(VERSION).name("messages").beginArray();
    for (ChatMessage message : messages) {
      out.beginObject().name("role").value(message.role().toString()).name("content").value(message.text()).endObject();
    }
    out.endArray().endObject().close();
    return text.append('\n').toString();
  }

  private static List<ChatMessage> messages(JsonElement root) {
    if (!(root instanceof JsonObject object)) {
      throw new IllegalArgumentException("holds no object; expected {\"version\": 1, \"messages\": […]}");
    }
    JsonElement version = object.get("version");
    if (version == null || !version.isJsonPrimitive() || !version.getAsString().equals(String.valueOf(VERSION))) {
      throw new IllegalArgumentException("has \"version\": " + version + ", expected " + VERSION);
    }
    if (!(object.get("messages") instanceof JsonArray array)) {
      throw new IllegalArgumentException("has no list \"messages\"");
    }
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonElement element : array) {
      messages.add(message(messages.size() + 1, element));
    }
    return messages;
  }

  private static ChatMessage message(int number, JsonElement element) {
    Optional<String> role = field(element, "role");
    Optional<String> content = field(element, "content");
    if (role.isEmpty() || content.isEmpty()) {
      throw new IllegalArgumentException("message " + number + " lacks a \"role\" or a \"content\", both texts");
    }
    Role known = Stream.of(Role.values()).filter(each -> each.toString().equals(role.get())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("message " + number + " is of the role '" + role.get()
            + "', expected system, user or assistant"));
    return new ChatMessage(known, content.get());
  }

  private static Optional<String> field(JsonElement element, String name) {
    JsonElement value = element instanceof JsonObject object ? object.get(name) : null;
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  private static IOException wrong(Path file, @Nullable String problem, @Nullable Throwable cause) {
    return new IOException(file + ": " + problem + "; nothing was loaded", cause);
  }
}
