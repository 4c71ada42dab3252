package org.ithil.web.query;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.services.query.Identifier;
import org.ithil.services.query.QueryKeys;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.tags.TagArgument;
import org.ithil.web.tags.TagForm;

/** Keys of queries as clients write and see them. */
final class KeysJson {
  private final Dictionary dictionary;
  private final Identifier identifier;

  KeysJson(Dictionary dictionary, Identifier identifier) {
    this.dictionary = dictionary;
    this.identifier = identifier;
  }

  /**
   * The level with a name, in any case, also in plural, or as DICOM calls it.
   *
   * @throws ApiException PARAMETER_OUT_OF_RANGE if there is none
   */
  static Level level(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PATIENT", "PATIENTS" -> Level.PATIENT;
      case "STUDY", "STUDIES" -> Level.STUDY;
      case "SERIES" -> Level.SERIES;
      case "INSTANCE", "INSTANCES", "IMAGE", "IMAGES" -> Level.INSTANCE;
      default ->
          throw ApiException.of(
              ErrorCode.PARAMETER_OUT_OF_RANGE, "Invalid resource type '" + name + "'");
    };
  }

  /**
   * The keys of a field {@code Query}.
   *
   * @throws ApiException BAD_FILE_FORMAT unless it is an object of known tags and their texts
   */
  QueryKeys query(Level level, JsonValue field) {
    if (!(field instanceof JsonValue.Members object)) {
      throw noTexts();
    }
    SortedMap<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      OptionalInt tag = tag(member.getKey());
      if (tag.isEmpty() || !(member.getValue() instanceof JsonValue.Text(String text))) {
        throw noTexts();
      }
      put(texts, tag.getAsInt(), text);
    }
    return new QueryKeys(level, texts);
  }

  private static ApiException noTexts() {
    return ApiException.of(
        ErrorCode.BAD_FILE_FORMAT,
        "Associative array of DICOM tags to strings expected in field: Query");
  }

  /**
   * The keys of an object in a list of resources, or of a query of the older routes.
   *
   * @throws ApiException UNKNOWN_DICOM_TAG, or BAD_FILE_FORMAT for what is no text
   */
  QueryKeys resource(Level level, JsonValue.Members object) {
    SortedMap<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      int tag = TagArgument.parse(member.getKey(), dictionary);
      if (!(member.getValue() instanceof JsonValue.Text(String text))) {
        throw ApiException.of(
            ErrorCode.BAD_FILE_FORMAT, "Expecting a string in field '" + member.getKey() + "'");
      }
      put(texts, tag, text);
    }
    return new QueryKeys(level, texts);
  }

  /** Adds a key, but for the level, which is given elsewhere. */
  private void put(SortedMap<Integer, String> texts, int tag, String text) {
    try {
      identifier.element(tag, text, SpecificCharacterSet.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT, "No value of the tag " + Tags.format(tag) + ": " + text);
    }
    if (tag != Tag.QueryRetrieveLevel) {
      texts.put(tag, text);
    }
  }

  private OptionalInt tag(String name) {
    OptionalInt tag = Tags.parse(name);
    return tag.isPresent() ? tag : dictionary.tagOf(name);
  }

  /** Keys in a form. */
  JsonValue.Members json(QueryKeys keys, TagForm form) {
    Map<String, JsonValue> members = new TreeMap<>();
    keys.texts()
        .forEach((tag, text) -> {
          String name = dictionary.nameOf(tag, null);
          JsonValue value = new JsonValue.Text(text);
          switch (form) {
            case SIMPLIFIED -> members.put(name, value);
            case SHORT -> members.put(Tags.format(tag), value);
            case FULL ->
                members.put(
                    Tags.format(tag),
                    JsonValue.object(
                        Map.of(
                            "Name", new JsonValue.Text(name),
                            "Type", new JsonValue.Text("String"),
                            "Value", value)));
          }
        });
    return JsonValue.object(members);
  }
}
