package org.ithil.archive.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.edit.ElementText;
import org.ithil.dicom.edit.ElementText.DataUri;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Elements as clients write them in JSON: objects whose names are tags, with text, null (empty) or
 * arrays of objects (sequences) as values. Immutable.
 */
public final class TagsJson {
  /**
   * How values are read.
   *
   * @param privateCreator by which private tags are looked up in the dictionary, or null
   * @param binary whether "data:TYPE;base64,..." means bytes; else it is text
   * @param signed whether tags that are US or SS are SS, as Pixel Representation (0028,0103) says
   */
  public record Options(@Nullable String privateCreator, boolean binary, boolean signed) {
    /** Tags that are US or SS are US. */
    public Options(@Nullable String privateCreator, boolean binary) {
      this(privateCreator, binary, false);
    }
  }

  private final Dictionary dictionary;
  private final ElementText texts;
  private final Options options;

  /** Reads tags of a dictionary. */
  public TagsJson(Dictionary dictionary, Options options) {
    this.dictionary = dictionary;
    this.texts = new ElementText(dictionary);
    this.options = options;
  }

  /**
   * The elements of an object. Names are tags, no paths; of several names for one tag the last
   * counts. Tags of groups 0000 and 0002, and group lengths, are left out.
   *
   * @param characterSet in which text is written
   * @throws EditException UNKNOWN_TAG, BAD_TYPE or BAD_VALUE
   */
  public DataSet dataSet(JsonValue.Members tags, SpecificCharacterSet characterSet) {
    DataSet.Builder builder = new DataSet.Builder();
    for (Map.Entry<String, JsonValue> member : tags.members().entrySet()) {
      int tag = tag(member.getKey());
      Element element = element(tag, member.getValue(), characterSet);
      if (isOfDataSet(tag)) {
        builder.put(element);
      }
    }
    return builder.build();
  }

  /** False for tags that no data set of a file has: groups 0000 and 0002, group lengths, items. */
  static boolean isOfDataSet(int tag) {
    int group = Tags.group(tag);
    return group != 0 && group != 2 && group != 0xfffe && !Tags.isGroupLength(tag);
  }

  private int tag(String name) {
    TagPath path = TagPath.parse(name, dictionary);
    if (!path.isOutermost()) {
      throw new EditException(Problem.UNKNOWN_TAG, name);
    }
    return path.tag();
  }

  /**
   * One element.
   *
   * @throws EditException UNKNOWN_TAG, BAD_TYPE or BAD_VALUE
   */
  public Element element(int tag, JsonValue value, SpecificCharacterSet characterSet) {
    Vr vr = vrOf(tag);
    return switch (value) {
      case JsonValue.Null _ -> texts.of(tag, vr, "", characterSet);
      case JsonValue.Text(String text) -> element(tag, vr, text, characterSet);
      case JsonValue.Items(List<JsonValue> items) when takesItems(vr) ->
          new Element(tag, Vr.SQ, new Value.Items(dataSets(items, characterSet)));
      case JsonValue.Items _,
          JsonValue.Members _,
          JsonValue.Whole _,
          JsonValue.Real _,
          JsonValue.Flag _ ->
          throw badType(tag);
    };
  }

  private Vr vrOf(int tag) {
    boolean signed = options.signed && Dictionary.dependsOnPixelRepresentation(tag);
    Vr vr = texts.vrOf(tag, options.privateCreator);
    return signed && vr == Vr.US ? Vr.SS : vr;
  }

  private Element element(int tag, Vr vr, String text, SpecificCharacterSet characterSet) {
    boolean binary = options.binary && !vr.isText() && !text.isEmpty();
    Optional<DataUri> uri = binary ? DataUri.parse(text) : Optional.empty();
    return uri.isPresent()
        ? texts.of(tag, vr, uri.get().bytes())
        : texts.of(tag, vr, text, characterSet);
  }

  /** What is not known may be a sequence. */
  private static boolean takesItems(Vr vr) {
    return vr == Vr.SQ || vr == Vr.UN;
  }

  private List<DataSet> dataSets(List<JsonValue> items, SpecificCharacterSet characterSet) {
    List<DataSet> dataSets = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      DataSet dataSet = dataSet(members(item), characterSet);
      boolean declares = dataSet.contains(Tag.SpecificCharacterSet);
      SpecificCharacterSet own = dataSet.characterSet(characterSet);
      dataSets.add(!declares ? dataSet : dataSet(members(item), own));
    }
    return dataSets;
  }

  private static JsonValue.Members members(JsonValue item) {
    if (item instanceof JsonValue.Members members) {
      return members;
    }
    throw new EditException(Problem.BAD_TYPE, "");
  }

  /**
   * Checks names and types, not the values: these may fit in one data set and not in another.
   *
   * @throws EditException UNKNOWN_TAG or BAD_TYPE
   */
  public void check(int tag, JsonValue value) {
    switch (value) {
      case JsonValue.Null _, JsonValue.Text _ -> {}
      case JsonValue.Items(List<JsonValue> items) when takesItems(vrOf(tag)) -> {
        for (JsonValue item : items) {
          members(item).members().forEach((name, inside) -> check(tag(name), inside));
        }
      }
      case JsonValue.Items _,
          JsonValue.Members _,
          JsonValue.Whole _,
          JsonValue.Real _,
          JsonValue.Flag _ ->
          throw badType(tag);
    }
  }

  private static EditException badType(int tag) {
    return new EditException(Problem.BAD_TYPE, "Bad Parameter type for tag " + Tags.format(tag));
  }
}
