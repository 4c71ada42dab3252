package org.ithil.web.job;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Request;

/**
 * The body of a request that sends resources: an object with {@code Resources}, or in short a list
 * of identifiers, or one identifier as text or JSON string.
 *
 * @param body the object; empty for the short forms
 * @param ids what was named, unchecked
 */
public record SelectedResources(JsonBody body, List<String> ids) {
  private static final int LIMIT = 64 << 20;
  private static final JsonBody NOTHING = JsonBody.of(JsonValue.object(Map.of()));

  /** Reads the body of a request. */
  public static SelectedResources of(Request request) throws IOException {
    byte[] bytes = request.body().readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw ApiException.bare(413);
    }
    // A bare identifier begins as a number does: it is looked for first.
    String text = bytes.length > 256 ? "" : new String(bytes, StandardCharsets.UTF_8).strip();
    if (ResourceId.parse(text).isPresent()) {
      return new SelectedResources(NOTHING, List.of(text));
    }
    JsonValue value;
    try {
      value = new JsonReader(LIMIT).read(new ByteArrayInputStream(bytes));
    } catch (JsonFormatException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Must provide a JSON value");
    }
    return switch (value) {
      case JsonValue.Text(String id) -> new SelectedResources(NOTHING, List.of(id));
      case JsonValue.Items(List<JsonValue> items) -> new SelectedResources(NOTHING, texts(items));
      case JsonValue.Members object -> {
        JsonValue named = object.get("Resources");
        if (named == null) {
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "Missing field in JSON: \"Resources\"");
        }
        if (!(named instanceof JsonValue.Items(List<JsonValue> items))) {
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "JSON field \"Resources\" must contain an array");
        }
        yield new SelectedResources(JsonBody.of(object), texts(items));
      }
      case JsonValue.Whole _, JsonValue.Real _, JsonValue.Flag _, JsonValue.Null _ -> throw form();
    };
  }

  private static List<String> texts(List<JsonValue> items) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items) {
      if (!(item instanceof JsonValue.Text(String text))) {
        throw form();
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  private static ApiException form() {
    return ApiException.of(
        ErrorCode.BAD_FILE_FORMAT, "Must provide a JSON object, or a JSON array of strings");
  }
}
