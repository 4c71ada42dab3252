package org.ithil.web.modification;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonValue;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Request;

/** Fields that requests for new instances have in common. */
final class EditBody {
  private EditBody() {}

  /** The body, whatever JSON it is. */
  static JsonValue value(Request request) throws IOException {
    try {
      return JsonBody.value(request);
    } catch (JsonFormatException | EOFException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    }
  }

  /** The body, which has to be an object. */
  static JsonBody object(Request request) throws IOException {
    if (value(request) instanceof JsonValue.Members object) {
      return JsonBody.of(object);
    }
    throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
  }

  /** A list of texts. */
  static List<String> texts(JsonBody body, String name) {
    if (body.get(name) instanceof JsonValue.Items(List<JsonValue> items)
        && items.stream().allMatch(JsonValue.Text.class::isInstance)) {
      return items.stream().map(item -> ((JsonValue.Text) item).text()).toList();
    }
    throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "List of strings expected in field: " + name);
  }

  static boolean keepLabels(JsonBody body) {
    return switch (body.get("KeepLabels")) {
      case null -> false;
      case JsonValue.Flag(boolean flag) -> flag;
      default ->
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "Member \"KeepLabels\" should be a Boolean value");
    };
  }

  /** Where the new instances come from. */
  static Origin.Http origin(Request request) {
    String user = request.user();
    return new Origin.Http(request.remoteAddress(), user == null ? "" : user);
  }
}
