package org.ithil.services.transfer;

import java.util.Map;
import org.ithil.archive.json.JsonValue;

/**
 * The file of an instance that is transferred.
 *
 * @param id names it for the duration of the transfer; the receiver makes identifiers of its own
 * @param size in bytes
 * @param md5 of its bytes, in lower case
 */
public record TransferredFile(String id, long size, String md5) {
  /** On the wire: {@code ID}, {@code Size} as text, {@code MD5}. */
  public JsonValue.Members json() {
    return JsonValue.object(
        Map.of(
            "ID", new JsonValue.Text(id),
            "Size", new JsonValue.Text(Long.toString(size)),
            "MD5", new JsonValue.Text(md5)));
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @throws TransferException FORM if it is something else
   */
  public static TransferredFile of(JsonValue json) throws TransferException {
    return new TransferredFile(
        WireFields.text(json, "ID"), WireFields.number(json, "Size"), WireFields.text(json, "MD5"));
  }
}
