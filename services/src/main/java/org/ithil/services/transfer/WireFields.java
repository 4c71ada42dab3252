package org.ithil.services.transfer;

import java.util.List;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.transfer.TransferException.Problem;

/** The fields of the wire format: numbers are texts. */
final class WireFields {
  private WireFields() {}

  static String text(JsonValue json, String name) throws TransferException {
    if (json instanceof JsonValue.Members object
        && object.get(name) instanceof JsonValue.Text(String text)) {
      return text;
    }
    throw TransferException.of(Problem.FORM);
  }

  static long number(JsonValue json, String name) throws TransferException {
    String text = text(json, name);
    if (!text.matches("[0-9]{1,15}")) {
      throw TransferException.of(Problem.FORM);
    }
    return Long.parseLong(text);
  }

  static List<JsonValue> items(JsonValue json) throws TransferException {
    if (json instanceof JsonValue.Items(List<JsonValue> items)) {
      return items;
    }
    throw TransferException.of(Problem.FORM);
  }

  static List<JsonValue> items(JsonValue json, String name) throws TransferException {
    if (json instanceof JsonValue.Members object
        && object.get(name) instanceof JsonValue.Items(List<JsonValue> items)) {
      return items;
    }
    throw TransferException.of(Problem.FORM);
  }
}
