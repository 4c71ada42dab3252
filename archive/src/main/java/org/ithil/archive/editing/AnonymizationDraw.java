package org.ithil.archive.editing;

import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.deidentification.Pseudonyms;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;

/** Draws what is random about an anonymization, and counts anonymizations. */
public final class AnonymizationDraw {
  private static final String COUNTER = "AnonymizationSequence";
  private static final String KEY = "PseudonymKey";

  /** Fewer characters can be guessed. */
  private static final int SHORTEST_KEY = 16;

  private AnonymizationDraw() {}

  /**
   * Draws. With a PseudonymKey the key is made of it, and the same everywhere; this has to be done
   * before {@link #withoutSecrets}.
   *
   * @param index keeps the number of the last anonymization
   * @param request the whole body
   * @param random secret, 16 bytes or more
   * @throws EditException if the PseudonymKey is none; its text is not in the message
   */
  public static Editing.Draw draw(Index index, JsonValue.Members request, byte[] random) {
    byte[] key =
        switch (request.get(KEY)) {
          case null -> random;
          case JsonValue.Text(String phrase) -> key(phrase);
          default ->
              throw new EditException(Problem.BAD_VALUE, "String value expected in field: " + KEY);
        };
    return new Editing.Draw(key, next(index));
  }

  /** The request as it may be kept and shown: of a PseudonymKey it only says that there is one. */
  public static JsonValue.Members withoutSecrets(JsonValue.Members request) {
    if (!(request.get(KEY) instanceof JsonValue.Text)) {
      return request;
    }
    Map<String, JsonValue> fields = new TreeMap<>(request.members());
    fields.put(KEY, new JsonValue.Flag(true));
    return JsonValue.object(fields);
  }

  private static byte[] key(String phrase) {
    if (phrase.length() < SHORTEST_KEY) {
      throw new EditException(
          Problem.BAD_REQUEST, KEY + " is shorter than " + SHORTEST_KEY + " characters");
    }
    return Pseudonyms.key(phrase);
  }

  private static long next(Index index) {
    return index.write(writer -> {
      long next = writer.setting(COUNTER).map(Long::parseLong).orElse(0L) + 1;
      writer.setSetting(COUNTER, Long.toString(next));
      return next;
    });
  }
}
