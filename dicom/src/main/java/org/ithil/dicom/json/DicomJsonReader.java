package org.ithil.dicom.json;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.json.JsonInput.Json;
import org.jspecify.annotations.Nullable;

/**
 * Reads data sets of the DICOM JSON Model, PS3.18 F.2. Text becomes UTF-8: a Specific Character Set
 * (0008,0005) is taken for ISO_IR 192, and added if text goes beyond ASCII. Group lengths are
 * skipped. A missing vr is looked up in the standard's dictionary.
 */
public final class DicomJsonReader {
  private static final int SPECIFIC_CHARACTER_SET = 0x00080005;

  /** Object, array, object for each sequence; two more for a name, one for an array around all. */
  private static final int JSON_LEVELS = 3;

  private final TextLimits limits;
  private final BulkData.Source bulk;

  /**
   * @param bulk where BulkDataURI leads
   */
  public DicomJsonReader(TextLimits limits, BulkData.Source bulk) {
    this.limits = limits;
    this.bulk = bulk;
  }

  /**
   * Reads one data set, or an array of them.
   *
   * @throws DicomTextException if the text holds none, or goes beyond a limit
   */
  public List<DataSet> read(Reader in) throws IOException {
    Json json =
        JsonInput.parse(
            in, limits.maxCharacters(), limits.maxDepth() * JSON_LEVELS + JSON_LEVELS + 1);
    List<DataSet> dataSets = new ArrayList<>();
    switch (json) {
      case Json.Array(List<Json> values) -> {
        for (Json value : values) {
          dataSets.add(outermost(value));
        }
      }
      case Json.Object object -> dataSets.add(outermost(object));
      case Json.Null _, Json.Bool _, Json.Number _, Json.Text _ ->
          throw structure("neither an object nor an array", 0);
    }
    return dataSets;
  }

  private DataSet outermost(Json json) throws IOException {
    DataSet dataSet = dataSet(json, 0);
    if (!dataSet.contains(SPECIFIC_CHARACTER_SET) && !beyondAscii(dataSet)) {
      return dataSet;
    }
    Value utf8 = ValueText.parse(Vr.CS, List.of("ISO_IR 192"));
    return dataSet.toBuilder().put(new Element(SPECIFIC_CHARACTER_SET, Vr.CS, utf8)).build();
  }

  private static boolean beyondAscii(DataSet dataSet) {
    for (Element element : dataSet) {
      if (element.vr().isText()) {
        for (byte b : element.bytes()) {
          if (b < 0) {
            return true;
          }
        }
      }
      for (DataSet item : element.items()) {
        if (beyondAscii(item)) {
          return true;
        }
      }
    }
    return false;
  }

  private DataSet dataSet(Json json, int depth) throws IOException {
    if (json instanceof Json.Null) {
      return DataSet.EMPTY;
    }
    if (!(json instanceof Json.Object(Map<String, Json> members))) {
      throw structure("a data set is an object", 0);
    }
    if (depth > limits.maxDepth()) {
      throw new DicomTextException(
          DicomTextException.Problem.TOO_DEEP,
          "More than " + limits.maxDepth() + " sequences inside one another",
          0);
    }
    DataSet.Builder elements = new DataSet.Builder();
    for (Map.Entry<String, Json> member : members.entrySet()) {
      int tag = tag(member.getKey());
      boolean nestedCharacterSet = depth > 0 && tag == SPECIFIC_CHARACTER_SET;
      if (Tags.isGroupLength(tag) || nestedCharacterSet) {
        continue;
      }
      if (!elements.addIfAbsent(element(tag, member.getValue(), depth))) {
        throw structure("one tag twice", tag);
      }
    }
    return elements.build();
  }

  private static int tag(String name) throws DicomTextException {
    if (name.length() != 8) {
      throw structure("no tag: " + shortened(name), 0);
    }
    return Tags.parse(name).orElseThrow(() -> structure("no tag: " + shortened(name), 0));
  }

  private Element element(int tag, Json json, int depth) throws IOException {
    if (!(json instanceof Json.Object(Map<String, Json> members))) {
      throw structure("an attribute is an object", tag);
    }
    Vr vr = vr(tag, members.get("vr"));
    Json values = members.get("Value");
    Json inline = members.get("InlineBinary");
    Json uri = members.get("BulkDataURI");
    if ((values == null ? 0 : 1) + (inline == null ? 0 : 1) + (uri == null ? 0 : 1) > 1) {
      throw structure("more than one of Value, InlineBinary, BulkDataURI", tag);
    }
    if (uri instanceof Json.Text(String text)) {
      return new Element(tag, vr, bulk.find(tag, text));
    }
    if (inline instanceof Json.Text(String text)) {
      return new Element(tag, vr, binary(tag, vr, text));
    }
    List<Json> list =
        switch (values) {
          case null -> List.<Json>of();
          case Json.Array(List<Json> all) -> all;
          case Json.Null _, Json.Bool _, Json.Number _, Json.Text _, Json.Object _ ->
              throw structure("Value is an array", tag);
        };
    if (inline != null || uri != null) {
      throw structure("InlineBinary and BulkDataURI are texts", tag);
    }
    return new Element(tag, vr, vr == Vr.SQ ? items(list, depth) : value(tag, vr, list));
  }

  private static Vr vr(int tag, @Nullable Json json) throws DicomTextException {
    if (json == null) {
      return Tags.isPrivateCreator(tag) ? Vr.LO : Dictionary.vrOf(tag);
    }
    Vr vr =
        json instanceof Json.Text(String text) && text.length() == 2 && text.charAt(0) < 128
            ? Vr.of(text.charAt(0) << 8 | text.charAt(1) & 0xff)
            : null;
    if (vr == null || !(json instanceof Json.Text(String text) && text.equals(vr.name()))) {
      throw structure("no vr that is known", tag);
    }
    return vr;
  }

  private static Value binary(int tag, Vr vr, String base64) throws DicomTextException {
    if (vr == Vr.SQ) {
      throw structure("SQ holds items", tag);
    }
    try {
      return ValueText.padded(vr, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw bad("InlineBinary is no base64", tag);
    }
  }

  private Value items(List<Json> values, int depth) throws IOException {
    List<DataSet> items = new ArrayList<>();
    for (Json value : values) {
      items.add(dataSet(value, depth + 1));
    }
    return new Value.Items(items);
  }

  private static Value value(int tag, Vr vr, List<Json> values) throws DicomTextException {
    List<@Nullable String> texts = new ArrayList<>();
    for (Json value : values) {
      texts.add(
          switch (value) {
            case Json.Null _ -> null;
            case Json.Text(String text) -> text;
            case Json.Number(String literal) -> vr.isText() ? literal : endless(literal);
            case Json.Object(Map<String, Json> groups) when vr == Vr.PN -> name(tag, groups);
            case Json.Object _, Json.Array _, Json.Bool _ ->
                throw bad("a value that " + vr + " cannot hold", tag);
          });
    }
    try {
      return ValueText.parse(vr, texts);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad("a value that " + vr + " cannot hold", tag);
    }
  }

  /** A number too large for a double, as the writer writes it, stands for infinity. */
  private static String endless(String literal) {
    return switch (literal) {
      case "1e+9999" -> "inf";
      case "-1e+9999" -> "-inf";
      default -> literal;
    };
  }

  private static String name(int tag, Map<String, Json> groups) throws DicomTextException {
    for (String group : groups.keySet()) {
      switch (group) {
        case "Alphabetic", "Ideographic", "Phonetic" -> {}
        default -> throw structure("a name has no " + shortened(group), tag);
      }
    }
    String all =
        group(tag, groups.get("Alphabetic"))
            + "="
            + group(tag, groups.get("Ideographic"))
            + "="
            + group(tag, groups.get("Phonetic"));
    int end = all.length();
    while (end > 0 && all.charAt(end - 1) == '=') {
      end--;
    }
    return all.substring(0, end);
  }

  private static String group(int tag, @Nullable Json json) throws DicomTextException {
    return switch (json) {
      case null -> "";
      case Json.Null _ -> "";
      case Json.Text(String text) when text.indexOf('=') < 0 -> text;
      case Json.Text _, Json.Bool _, Json.Number _, Json.Array _, Json.Object _ ->
          throw bad("a group of a name that is none", tag);
    };
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  private static DicomTextException structure(String what, int tag) {
    return new DicomTextException(DicomTextException.Problem.STRUCTURE, where(what, tag), tag);
  }

  private static DicomTextException bad(String what, int tag) {
    return new DicomTextException(DicomTextException.Problem.BAD_VALUE, where(what, tag), tag);
  }

  private static String where(String what, int tag) {
    return "DICOM JSON: " + what + (tag == 0 ? "" : ", in " + Tags.format(tag));
  }
}
