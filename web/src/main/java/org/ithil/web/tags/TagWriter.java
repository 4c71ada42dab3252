package org.ithil.web.tags;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.json.JsonText;
import org.ithil.archive.json.JsonWriter;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes data sets as the JSON of {@code /instances/{id}/tags}, element by element, without
 * building a tree. Stateless but for its choices: many threads may share one.
 *
 * <p>An element is a String, a Sequence, TooLong (a text of more than 256 bytes) or Null (bytes,
 * fragments, unknown value representations, numbers without value); all but the first two have no
 * value. The character set of an item is its own if it declares one, otherwise that of the data set
 * around it (PS3.3 C.12.1.1.2).
 */
public final class TagWriter {
  private static final JsonText NAME = JsonText.of("Name");
  private static final JsonText CREATOR = JsonText.of("PrivateCreator");
  private static final JsonText TYPE = JsonText.of("Type");
  private static final JsonText VALUE = JsonText.of("Value");
  private static final JsonText STRING = JsonText.of("String");
  private static final JsonText SEQUENCE = JsonText.of("Sequence");
  private static final JsonText TOO_LONG = JsonText.of("TooLong");
  private static final JsonText NULL = JsonText.of("Null");

  private final Dictionary dictionary;
  private final SpecificCharacterSet defaultSet;
  private final TagChoice choice;

  /**
   * @param dictionary gives names to elements
   * @param defaultSet the character set of data sets that declare none
   * @param choice what is shown and how
   */
  public TagWriter(Dictionary dictionary, SpecificCharacterSet defaultSet, TagChoice choice) {
    this.dictionary = dictionary;
    this.defaultSet = defaultSet;
    this.choice = choice;
  }

  /**
   * Writes a data set as one JSON object.
   *
   * @param values where located values lie
   */
  public void write(DataSet dataSet, ByteSource values, JsonWriter json) throws IOException {
    write(dataSet, defaultSet, values, json);
  }

  /** As above, within a data set of that character set. */
  void write(DataSet dataSet, SpecificCharacterSet inherited, ByteSource values, JsonWriter json)
      throws IOException {
    SpecificCharacterSet characterSet = dataSet.characterSet(inherited);
    json.beginObject();
    if (choice.form() == TagForm.SIMPLIFIED) {
      for (Named named : byName(dataSet, characterSet)) {
        json.name(named.name());
        writeValue(named.element(), characterSet, values, json);
      }
    } else {
      Creators creators = new Creators(dataSet, characterSet);
      for (Element element : dataSet) {
        json.name(Tags.format(element.tag()));
        if (choice.form() == TagForm.FULL) {
          describe(element, creators.of(element.tag()), characterSet, values, json);
        } else {
          writeValue(element, characterSet, values, json);
        }
      }
    }
    json.endObject();
  }

  private void describe(
      Element element,
      @Nullable String creator,
      SpecificCharacterSet characterSet,
      ByteSource values,
      JsonWriter json)
      throws IOException {
    if (isSequence(element)) {
      json.beginObject().name(NAME).value(dictionary.nameOf(element.tag(), creator));
      json.name(TYPE).value(SEQUENCE).name(VALUE);
      writeItems(element, characterSet, values, json);
      json.endObject();
    } else {
      JsonPart shown = shown(element, characterSet, values);
      JsonText type = shown != null ? STRING : isTooLong(element, characterSet) ? TOO_LONG : NULL;
      describe(element.tag(), creator, type, shown == null ? JsonWriter::nullValue : shown, json);
    }
  }

  private void describe(
      int tag, @Nullable String creator, JsonText type, JsonPart value, JsonWriter json)
      throws IOException {
    json.beginObject().name(NAME).value(dictionary.nameOf(tag, creator));
    if (creator != null) {
      json.name(CREATOR).value(creator);
    }
    json.name(TYPE).value(type).name(VALUE);
    value.write(json);
    json.endObject();
  }

  /** The value of an element whose text is known; null text for none. */
  JsonPart textPart(int tag, @Nullable String creator, @Nullable String text) {
    return json -> {
      if (choice.form() == TagForm.FULL) {
        describe(tag, creator, text == null ? NULL : STRING, value -> value.value(text), json);
      } else {
        json.value(text);
      }
    };
  }

  /** The value of an element that a data set has. */
  JsonPart elementPart(DataSet dataSet, int tag, ByteSource values) {
    return json -> {
      Element element = dataSet.get(tag);
      SpecificCharacterSet characterSet = dataSet.characterSet(defaultSet);
      if (element == null) {
        json.nullValue();
      } else if (choice.form() == TagForm.FULL) {
        String creator = new Creators(dataSet, characterSet).of(tag);
        describe(element, creator, characterSet, values, json);
      } else {
        writeValue(element, characterSet, values, json);
      }
    };
  }

  private void writeValue(
      Element element, SpecificCharacterSet characterSet, ByteSource values, JsonWriter json)
      throws IOException {
    if (isSequence(element)) {
      writeItems(element, characterSet, values, json);
    } else {
      JsonPart shown = shown(element, characterSet, values);
      if (shown == null) {
        json.nullValue();
      } else {
        shown.write(json);
      }
    }
  }

  private void writeItems(
      Element element, SpecificCharacterSet characterSet, ByteSource values, JsonWriter json)
      throws IOException {
    json.beginArray();
    for (DataSet item : element.items()) {
      write(item, characterSet, values, json);
    }
    json.endArray();
  }

  /** What writes the text of an element; null if none is shown. */
  private @Nullable JsonPart shown(
      Element element, SpecificCharacterSet characterSet, ByteSource values) {
    boolean all = choice.ignoreLength().contains(element.tag());
    if (all && ElementText.isElsewhere(element)) {
      return json -> ElementText.write(element, characterSet, values, json);
    }
    int limit = all ? Integer.MAX_VALUE : TagChoice.LONGEST;
    String text = ElementText.of(element, characterSet, limit);
    return text != null && (all || isShort(text)) ? json -> json.value(text) : null;
  }

  private static boolean isShort(String text) {
    return text.length() * 3L <= TagChoice.LONGEST || utf8Length(text) <= TagChoice.LONGEST;
  }

  /** The text of an element; null if it has none, or more than 256 bytes. */
  static @Nullable String shortText(Element element, SpecificCharacterSet characterSet) {
    if (isSequence(element)) {
      return null;
    }
    String text = ElementText.of(element, characterSet, TagChoice.LONGEST);
    return text != null && isShort(text) ? text : null;
  }

  /** Of an element that is not shown: whether that is because of its length. */
  private static boolean isTooLong(Element element, SpecificCharacterSet characterSet) {
    return ElementText.isElsewhere(element)
        || ElementText.of(element, characterSet, TagChoice.LONGEST) != null;
  }

  private static long utf8Length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  private static boolean isSequence(Element element) {
    return element.vr() == Vr.SQ || element.value() instanceof Value.Items;
  }

  /** An element and its name. */
  private record Named(String name, Element element) {}

  /** The elements in the order of their names; of several with one name the last. */
  private Named[] byName(DataSet dataSet, SpecificCharacterSet characterSet) {
    Named[] all = new Named[dataSet.size()];
    int count = 0;
    Creators creators = new Creators(dataSet, characterSet);
    for (Element element : dataSet) {
      String name = dictionary.nameOf(element.tag(), creators.of(element.tag()));
      all[count++] = new Named(name, element);
    }
    Arrays.sort(all, Comparator.comparing(Named::name));
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i + 1 == count || !all[i + 1].name().equals(all[i].name())) {
        all[kept++] = all[i];
      }
    }
    return Arrays.copyOf(all, kept);
  }
}
