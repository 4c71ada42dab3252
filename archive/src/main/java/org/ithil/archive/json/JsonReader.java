package org.ithil.archive.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads JSON documents as leniently as clients of the API are used to: comments, a comma behind the
 * last item, and text behind the value are accepted. The last of equal names wins.
 */
public final class JsonReader {
  /** How many arrays and objects may stand in one another. */
  public static final int NESTING = 64;

  private final JsonFactory factory;

  /**
   * A reader with limits.
   *
   * @param limit the largest document, in bytes
   */
  public JsonReader(long limit) {
    factory =
        JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING)
                    .maxDocumentLength(limit)
                    .maxStringLength((int) Math.min(limit, Integer.MAX_VALUE - 8))
                    .build())
            .build();
  }

  /**
   * Reads one value; what follows it is not looked at. The stream is not closed.
   *
   * @throws JsonFormatException if the bytes are no JSON, or go beyond a limit
   * @throws IOException if the stream fails
   */
  public JsonValue read(InputStream in) throws IOException {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), in)) {
      return value(parser, parser.nextToken());
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new JsonFormatException(String.valueOf(e.getOriginalMessage()));
    }
  }

  private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw new JsonFormatException("no value");
    }
    return switch (token) {
      case START_OBJECT -> {
        TreeMap<String, JsonValue> members = new TreeMap<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_OBJECT;
            next = parser.nextToken()) {
          String name = parser.currentName();
          members.put(name, value(parser, parser.nextToken()));
        }
        yield new JsonValue.Members(members);
      }
      case START_ARRAY -> {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(value(parser, next));
        }
        yield new JsonValue.Items(items);
      }
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> new JsonValue.Real(parser.getDoubleValue());
      case VALUE_TRUE -> new JsonValue.Flag(true);
      case VALUE_FALSE -> new JsonValue.Flag(false);
      case VALUE_NULL -> new JsonValue.Null();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonFormatException("no value");
    };
  }

  private static JsonValue whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new JsonValue.Whole(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new JsonValue.Real(parser.getDoubleValue());
    };
  }
}
