package org.ithil.archive.editing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.edit.TagPath;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request for an edit.
 *
 * @param replace in the order of their names, one for each tag: of two names the last counts
 */
record EditRequest(
    Map<TagPath, JsonValue> replace,
    List<TagPath> remove,
    List<TagPath> keep,
    boolean removePrivateTags,
    boolean convertText,
    @Nullable String privateCreator) {
  /** Tags that tell resources apart, with the names that clients see. */
  private static final Map<Integer, String> IDENTIFIERS =
      Map.of(
          Tag.PatientID, "PatientID",
          Tag.StudyInstanceUID, "StudyInstanceUID",
          Tag.SeriesInstanceUID, "SeriesInstanceUID",
          Tag.SOPInstanceUID, "SOPInstanceUID");

  /**
   * Reads a request and guards the identifiers.
   *
   * @throws EditException if a field is of a wrong type, names no tag, or needs Force
   */
  static EditRequest parse(JsonValue.Members request, Dictionary dictionary) {
    EditRequest read =
        new EditRequest(
            replacements(request.get("Replace"), dictionary),
            paths(request.get("Remove"), dictionary),
            paths(request.get("Keep"), dictionary),
            flag(request, "RemovePrivateTags"),
            flag(request, "ConvertText"),
            text(request, "PrivateCreator"));
    TagsJson tags = new TagsJson(dictionary, read.options(false));
    read.replace.forEach((path, value) -> tags.check(path.tag(), value));
    read.guardIdentifiers(flag(request, "Force"));
    return read;
  }

  /** How values are read. */
  TagsJson.Options options(boolean signed) {
    return new TagsJson.Options(privateCreator, true, signed);
  }

  private static Map<TagPath, JsonValue> replacements(
      @Nullable JsonValue field, Dictionary dictionary) {
    Map<TagPath, JsonValue> replacements = new LinkedHashMap<>();
    switch (field) {
      case null -> {}
      case JsonValue.Members(var members) ->
          members.forEach(
              (name, value) -> replacements.put(TagPath.parse(name, dictionary), value));
      default -> throw badRequest("");
    }
    return replacements;
  }

  private static List<TagPath> paths(@Nullable JsonValue field, Dictionary dictionary) {
    List<TagPath> paths = new ArrayList<>();
    switch (field) {
      case null -> {}
      case JsonValue.Items(List<JsonValue> items) -> {
        for (JsonValue item : items) {
          if (!(item instanceof JsonValue.Text(String text))) {
            throw badRequest("");
          }
          paths.add(TagPath.parse(text, dictionary));
        }
      }
      default -> throw badRequest("");
    }
    return paths;
  }

  /** A truth value; false if it is absent. */
  static boolean flag(JsonValue.Members request, String name) {
    return switch (request.get(name)) {
      case null -> false;
      case JsonValue.Flag(boolean flag) -> flag;
      default ->
          throw new EditException(
              Problem.BAD_VALUE, "Member \"" + name + "\" should be a Boolean value");
    };
  }

  private static @Nullable String text(JsonValue.Members request, String name) {
    return switch (request.get(name)) {
      case null -> null;
      case JsonValue.Text(String text) -> text;
      default ->
          throw new EditException(Problem.BAD_VALUE, "String value expected in field: " + name);
    };
  }

  private void guardIdentifiers(boolean force) {
    guard(remove, "removed", force);
    if (remove.stream().anyMatch(EditRequest::isIdentifier)) {
      throw badRequest("It is forbidden to remove one of the main Dicom identifiers");
    }
    guard(replace.keySet(), "replaced", force);
    guard(keep, "kept", force);
  }

  private static boolean isIdentifier(TagPath path) {
    return path.isOutermost() && IDENTIFIERS.containsKey(path.tag());
  }

  private static void guard(Iterable<TagPath> paths, String done, boolean force) {
    for (TagPath path : paths) {
      if (isIdentifier(path) && !force) {
        throw badRequest(
            "Marking tag \""
                + IDENTIFIERS.get(path.tag())
                + "\" as to be "
                + done
                + " requires the \"Force\" option to be set to true");
      }
    }
  }

  private static EditException badRequest(String message) {
    return new EditException(Problem.BAD_REQUEST, message);
  }

  /** Whether the element with a tag in the data set itself is replaced. */
  boolean replaces(int tag) {
    return replace.containsKey(TagPath.of(tag));
  }

  /** Whether the element with a tag in the data set itself is kept. */
  boolean keeps(int tag) {
    return keep.contains(TagPath.of(tag));
  }

  /** The text that replaces an element of the data set itself; null if none does. */
  @Nullable String replacement(int tag) {
    return switch (replace.get(TagPath.of(tag))) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Null _ -> "";
      case null, default -> null;
    };
  }
}
