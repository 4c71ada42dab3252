package org.ithil.server.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.DictionaryException;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.web.json.JsonValue;

/** The keys that say what the tags and the letters of data sets are. */
final class DictionaryKeys {
  private static final Pattern TAG = Pattern.compile("([0-9a-fA-F]{4}),([0-9a-fA-F]{4})");

  /** The words of {@code DefaultEncoding} with the defined terms of PS3.3 C.12.1.1.2. */
  private static final Map<String, String> CHARACTER_SETS =
      Map.ofEntries(
          Map.entry("Ascii", "ISO_IR 6"),
          Map.entry("Utf8", "ISO_IR 192"),
          Map.entry("Latin1", "ISO_IR 100"),
          Map.entry("Latin2", "ISO_IR 101"),
          Map.entry("Latin3", "ISO_IR 109"),
          Map.entry("Latin4", "ISO_IR 110"),
          Map.entry("Latin5", "ISO_IR 148"),
          Map.entry("Cyrillic", "ISO_IR 144"),
          Map.entry("Arabic", "ISO_IR 127"),
          Map.entry("Greek", "ISO_IR 126"),
          Map.entry("Hebrew", "ISO_IR 138"),
          Map.entry("Thai", "ISO_IR 166"),
          Map.entry("Japanese", "ISO_IR 13"),
          Map.entry("Chinese", "GB18030"),
          Map.entry("JapaneseKanji", "ISO 2022 IR 87"),
          Map.entry("Korean", "ISO 2022 IR 149"),
          Map.entry("SimplifiedChinese", "ISO 2022 IR 58"));

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
  static SpecificCharacterSet defaultEncoding(Section root) {
    String word = root.text("DefaultEncoding");
    for (Map.Entry<String, String> known : CHARACTER_SETS.entrySet()) {
      if (known.getKey().equalsIgnoreCase(word)) {
        return SpecificCharacterSet.of(List.of(known.getValue()));
      }
    }
    throw root.error(
        "DefaultEncoding",
        "there is no encoding \""
            + word.toLowerCase(Locale.ROOT)
            + "\"; known are "
            + CHARACTER_SETS.keySet().stream().sorted().toList());
  }
}
