package org.ithil.services.creation;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.creation.CreationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A request for new instances, in JSON:
 *
 * <pre>
 * {"Tags": {NAME: VALUE, ...}, "Parent": ID, "Content": DATA URI or [DATA URI or OBJECT, ...],
 *  "Force": false, "InterpretBinaryTags": true, "PrivateCreator": "", "Encapsulate": false,
 *  "Complete": false}
 * </pre>
 *
 * or, in the old form without "Tags", the tags alone. Contents wait in the spool until this is
 * closed.
 */
public final class CreationRequest implements AutoCloseable {
  /** Most bytes of a document, contents not counted: it is held in memory. */
  private static final long LIMIT = 64L << 20;

  private final ContentStream stream;
  private final JsonValue.Members tags;
  private final @Nullable JsonValue parent;
  private final boolean old;
  private final boolean force;
  private final boolean binary;
  private final @Nullable String privateCreator;
  private final boolean encapsulate;
  private final @Nullable Boolean complete;
  private final boolean several;
  private final List<Part> parts;

  /**
   * One instance of a series, or the only one.
   *
   * @param content null if there is none
   * @param problem what is wrong with the part, to be told when it is its turn; null if it is well
   */
  record Part(
      @Nullable Content content, JsonValue.Members tags, @Nullable CreationException problem) {}

  private CreationRequest(ContentStream stream, JsonValue.Members body, Spool spool)
      throws IOException {
    this.stream = stream;
    JsonValue given = body.get("Tags");
    old = given == null && !body.members().isEmpty();
    if (old) {
      TreeMap<String, JsonValue> members = new TreeMap<>(body.members());
      JsonValue pixels = members.remove("PixelData");
      tags = new JsonValue.Members(members);
      parent = null;
      force = true;
      binary = false;
      privateCreator = null;
      encapsulate = false;
      complete = false;
      several = false;
      parts = parts(pixels, spool);
      return;
    }
    if (given != null && !(given instanceof JsonValue.Members)) {
      throw badRequest();
    }
    tags = given instanceof JsonValue.Members members ? members : none();
    parent = body.get("Parent");
    force = flag(body, "Force", false);
    binary = flag(body, "InterpretBinaryTags", true);
    privateCreator =
        switch (body.get("PrivateCreator")) {
          case null -> null;
          case JsonValue.Text(String text) -> text;
          default -> throw badRequest();
        };
    complete = body.get("Complete") == null ? null : flag(body, "Complete", false);
    JsonValue content = body.get("Content");
    encapsulate = content != null && flag(body, "Encapsulate", false);
    several = content instanceof JsonValue.Items(List<JsonValue> items) && !items.isEmpty();
    parts = parts(content, spool);
  }

  private static JsonValue.Members none() {
    return new JsonValue.Members(new TreeMap<>());
  }

  private static CreationException badRequest() {
    return new CreationException(Problem.BAD_REQUEST, "");
  }

  private static boolean flag(JsonValue.Members body, String name, boolean absent) {
    return switch (body.get(name)) {
      case null -> absent;
      case JsonValue.Flag(boolean flag) -> flag;
      default -> throw badRequest();
    };
  }

  /**
   * Reads a request; contents go to the spool.
   *
   * @throws CreationException if it makes no sense
   */
  public static CreationRequest read(InputStream in, Spool spool) throws IOException {
    ContentStream stream = new ContentStream(in, spool, UUID.randomUUID().toString());
    boolean read = false;
    try {
      JsonValue document = new JsonReader(LIMIT).read(stream);
      // To its end: else the client counts as one that sends slowly while the objects are made.
      stream.seeEnd();
      if (!(document instanceof JsonValue.Members body)) {
        throw badRequest();
      }
      CreationRequest request = new CreationRequest(stream, body, spool);
      read = true;
      return request;
    } catch (JsonFormatException e) {
      throw badRequest();
    } finally {
      if (!read) {
        stream.discard();
      }
    }
  }

  private List<Part> parts(@Nullable JsonValue content, Spool spool) throws IOException {
    return switch (content) {
      case null -> List.of(new Part(null, none(), null));
      case JsonValue.Text(String text) -> List.of(part(text, none(), spool));
      case JsonValue.Items(List<JsonValue> items) when items.isEmpty() ->
          List.of(new Part(null, none(), null));
      case JsonValue.Items(List<JsonValue> items) -> {
        List<Part> parts = new ArrayList<>();
        for (JsonValue item : items) {
          parts.add(part(item, spool));
        }
        yield parts;
      }
      default -> throw new CreationException(Problem.NO_DATA_URI, "");
    };
  }

  private Part part(JsonValue item, Spool spool) throws IOException {
    if (item instanceof JsonValue.Text(String text)) {
      return part(text, none(), spool);
    }
    if (item instanceof JsonValue.Members object
        && object.get("Content") instanceof JsonValue.Text(String text)) {
      JsonValue own = object.get("Tags");
      if (own == null || own instanceof JsonValue.Members) {
        return part(text, own instanceof JsonValue.Members members ? members : none(), spool);
      }
      return new Part(null, none(), badRequest());
    }
    return new Part(null, none(), new CreationException(Problem.NO_DATA_URI, ""));
  }

  private Part part(String text, JsonValue.Members own, Spool spool) throws IOException {
    Content content = stream.of(text).orElse(null);
    if (content == null) {
      content = Content.of(text, spool).orElse(null);
      if (content != null) {
        stream.contents().add(content);
      }
    }
    CreationException problem =
        content == null || content.file() == null
            ? new CreationException(Problem.DAMAGED, "")
            : null;
    return new Part(content, own, problem);
  }

  JsonValue.Members tags() {
    return tags;
  }

  @Nullable JsonValue parent() {
    return parent;
  }

  /** Whether it has the old form: nothing but tags, each a text. */
  boolean isOld() {
    return old;
  }

  boolean force() {
    return force;
  }

  /** Whether data URIs among the tags mean bytes. */
  boolean binary() {
    return binary;
  }

  @Nullable String privateCreator() {
    return privateCreator;
  }

  /** Whether a JPEG stays as it is. */
  boolean encapsulate() {
    return encapsulate;
  }

  /** Whether all that the object's definition demands is filled in; null if nothing is said. */
  @Nullable Boolean complete() {
    return complete;
  }

  /** Whether the instances make a series of their own, even if there is one only. */
  boolean several() {
    return several;
  }

  /** The instances, at least one. */
  List<Part> parts() {
    return parts;
  }

  /** Removes the contents. */
  @Override
  public void close() {
    stream.discard();
  }
}
