package org.ithil.web.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Request;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object in a request; those of a wrong type are refused by name. */
public final class JsonBody {
  /** Most bytes of a document: some hundred thousand identifiers. */
  private static final long LIMIT = 64L << 20;

  private final JsonValue.Members fields;

  private JsonBody(JsonValue.Members fields) {
    this.fields = fields;
  }

  /** The fields of an object. */
  public static JsonBody of(JsonValue.Members object) {
    return new JsonBody(object);
  }

  /**
   * The body of a request, which has to be an object.
   *
   * @throws ApiException BAD_FILE_FORMAT if it is none
   */
  public static JsonBody of(Request request) throws IOException {
    if (value(request) instanceof JsonValue.Members object) {
      return new JsonBody(object);
    }
    throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
  }

  /**
   * The body of a request, whatever JSON it is.
   *
   * @throws JsonFormatException if it is no JSON
   */
  public static JsonValue value(Request request) throws IOException {
    InputStream body = request.body();
    JsonValue value;
    try {
      value = new JsonReader(LIMIT).read(new Unclosed(body));
    } catch (JsonFormatException e) {
      seeEnd(body);
      throw e;
    }
    seeEnd(body);
    return value;
  }

  /**
   * Reads the end of a body. While it is unread, the engine takes the client for one that sends
   * slowly, and gives it up if the answer takes long. What else follows is left.
   */
  private static void seeEnd(InputStream body) throws IOException {
    body.readNBytes(1);
  }

  /** The reader closes what it reads. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  /** The whole object. */
  public JsonValue.Members object() {
    return fields;
  }

  /** A field; null if it is absent. */
  public @Nullable JsonValue get(String name) {
    return fields.get(name);
  }

  /** A truth value. */
  public boolean flag(String name, boolean absent) {
    return switch (fields.get(name)) {
      case null -> absent;
      case JsonValue.Flag(boolean flag) -> flag;
      default -> throw expected("Boolean", name);
    };
  }

  /** A number of 32 bits without fraction. */
  public int integer(String name, int absent) {
    return switch (fields.get(name)) {
      case null -> absent;
      case JsonValue.Whole(long number) when number == (int) number -> (int) number;
      default -> throw expected("Integer", name);
    };
  }

  /** A text. */
  public Optional<String> text(String name) {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case JsonValue.Text(String text) -> Optional.of(text);
      default -> throw expected("String", name);
    };
  }

  private static ApiException expected(String type, String name) {
    return ApiException.of(ErrorCode.BAD_FILE_FORMAT, type + " value expected in field: " + name);
  }
}
