package org.ithil.web.tags;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.json.JsonPart;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * The tags that several data sets have in common: those with a text that is the same in all.
 * Sequences, bytes and texts of more than 256 bytes are left out.
 */
final class SharedTags {
  private final SpecificCharacterSet defaultSet;
  private @Nullable TreeMap<Integer, Shared> shared;

  /** The text of an element, and the creator of its block. */
  private record Shared(@Nullable String creator, String text) {}

  SharedTags(SpecificCharacterSet defaultSet) {
    this.defaultSet = defaultSet;
  }

  /** Takes one more data set into account. */
  void add(DataSet dataSet) {
    SpecificCharacterSet characterSet = dataSet.characterSet(defaultSet);
    TreeMap<Integer, Shared> old = shared;
    if (old == null) {
      TreeMap<Integer, Shared> all = new TreeMap<>(Integer::compareUnsigned);
      Creators creators = new Creators(dataSet, characterSet);
      for (Element element : dataSet) {
        String text = TagWriter.shortText(element, characterSet);
        if (text != null) {
          all.put(element.tag(), new Shared(creators.of(element.tag()), text));
        }
      }
      shared = all;
      return;
    }
    for (Iterator<Map.Entry<Integer, Shared>> each = old.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Integer, Shared> entry = each.next();
      Element element = dataSet.get(entry.getKey());
      if (element == null
          || !entry.getValue().text().equals(TagWriter.shortText(element, characterSet))) {
        each.remove();
      }
    }
  }

  /** What is common up to now, as one object. */
  JsonPart part(TagWriter writer, Dictionary dictionary, TagForm form) {
    TreeMap<String, JsonPart> members = new TreeMap<>();
    TreeMap<Integer, Shared> all = shared;
    if (all != null) {
      all.forEach((tag, found) ->
          members.put(
              form == TagForm.SIMPLIFIED
                  ? dictionary.nameOf(tag, found.creator())
                  : Tags.format(tag),
              writer.textPart(tag, found.creator(), found.text())));
    }
    return json -> {
      json.beginObject();
      for (Map.Entry<String, JsonPart> member : members.entrySet()) {
        json.member(member.getKey(), member.getValue());
      }
      json.endObject();
    };
  }
}
