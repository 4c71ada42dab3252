package org.ithil.server.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.DictionaryException;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.DefaultEncoding;

/** The keys that say what the tags and the letters of data sets are. */
final class DictionaryKeys {
  private static final Pattern TAG = Pattern.compile("([0-9a-fA-F]{4}),([0-9a-fA-F]{4})");

  private DictionaryKeys() {}

  static Dictionary dictionary(Section root) {
    Dictionary builtIn =
        root.flag("LoadPrivateDictionary") ? Dictionary.withPrivateTags() : Dictionary.standard();
    Section section = root.section("Dictionary");
    List<DictionaryEntry> entries = new ArrayList<>();
    section.values().forEach((tag, value) -> entries.add(entry(section, tag, value)));
    try {
      return entries.isEmpty() ? builtIn : builtIn.with(entries);
    } catch (DictionaryException e) {
      throw section.errorAt("", String.valueOf(e.getMessage()));
    }
  }

  private static DictionaryEntry entry(Section section, String tag, JsonValue value) {
    Matcher match = TAG.matcher(tag);
    if (!match.matches()) {
      throw section.errorAt(tag, "must be a tag like \"0009,1001\"");
    }
    if (!(value instanceof JsonValue.Items(List<JsonValue> items))
        || items.size() < 3
        || items.size() > 5
        || !(items.get(0) instanceof JsonValue.Text vr)
        || !(items.get(1) instanceof JsonValue.Text name)
        || !(items.get(2) instanceof JsonValue.Whole least)
        || (items.size() > 3 && !(items.get(3) instanceof JsonValue.Whole))
        || (items.size() > 4 && !(items.get(4) instanceof JsonValue.Text))) {
      throw section.errorAt(
          tag,
          "must be [ \"VR\", \"Name\", fewest values, most values, \"Private creator\" ], the last"
              + " two may be absent");
    }
    long most =
        items.size() > 3 && items.get(3) instanceof JsonValue.Whole whole ? whole.number() : 0;
    String creator =
        items.size() > 4 && items.get(4) instanceof JsonValue.Text text ? text.text() : "";
    return new DictionaryEntry(
        Integer.parseUnsignedInt(match.group(1) + match.group(2), 16),
        vr(section, tag, vr.text()),
        name.text(),
        Math.clamp(least.number(), -1, Integer.MAX_VALUE),
        Math.clamp(most, -1, Integer.MAX_VALUE),
        creator.isEmpty() ? null : creator);
  }

  private static Vr vr(Section section, String tag, String code) {
    for (Vr vr : Vr.values()) {
      if (vr.name().equals(code)) {
        return vr;
      }
    }
    throw section.errorAt(tag, "there is no VR \"" + code + '"');
  }

  /** Case does not count here, as it does not for the reference. */
  static DefaultEncoding defaultEncoding(Section root) {
    String word = root.text("DefaultEncoding");
    return DefaultEncoding.of(word)
        .orElseThrow(() ->
            root.error(
                "DefaultEncoding",
                "there is no encoding \""
                    + word
                    + "\"; known are "
                    + Arrays.stream(DefaultEncoding.values())
                        .map(DefaultEncoding::configured)
                        .collect(Collectors.joining(", "))));
  }
}
