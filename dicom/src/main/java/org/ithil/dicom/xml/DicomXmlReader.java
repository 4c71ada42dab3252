package org.ithil.dicom.xml;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.json.BulkData;
import org.ithil.dicom.json.DicomTextException;
import org.ithil.dicom.json.TextLimits;
import org.ithil.dicom.json.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set of the Native DICOM Model, PS3.19 A.1, in either dialect. Text becomes UTF-8,
 * and Specific Character Set (0008,0005) says so. No DTD, no external entity is ever looked at.
 */
public final class DicomXmlReader {
  private static final int SPECIFIC_CHARACTER_SET = 0x00080005;

  /** The JDK's own limit: two elements for each sequence, and those of a name. */
  private static final String MAX_ELEMENT_DEPTH = "jdk.xml.maxElementDepth";

  /** Values that may be left out between two that are given. */
  private static final int MAX_GAP = 1000;

  private final TextLimits limits;
  private final BulkData.Source bulk;

  /**
   * @param bulk where references lead
   */
  public DicomXmlReader(TextLimits limits, BulkData.Source bulk) {
    this.limits = limits;
    this.bulk = bulk;
  }

  /**
   * Reads one document.
   *
   * @throws DicomTextException if it holds no data set, or goes beyond a limit
   */
  public DataSet read(Reader in) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(MAX_ELEMENT_DEPTH, Integer.toString(limits.maxDepth() * 2 + 8));
    Limited limited = new Limited(in, limits.maxCharacters());
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(limited);
      int event = xml.next();
      while (event != XMLStreamConstants.START_ELEMENT) {
        if (event == XMLStreamConstants.DTD) {
          throw structure("a document type is not taken", 0);
        }
        event = xml.next();
      }
      if (!xml.getLocalName().equals("NativeDicomModel")) {
        throw structure("no NativeDicomModel", 0);
      }
      DataSet.Builder elements = dataSet(xml, 0).toBuilder();
      while (xml.hasNext()) {
        xml.next();
      }
      Value utf8 = ValueText.parse(Vr.CS, List.of("ISO_IR 192"));
      return elements.put(new Element(SPECIFIC_CHARACTER_SET, Vr.CS, utf8)).build();
    } catch (XMLStreamException e) {
      throw limited.isExceeded
          ? tooLarge()
          : new DicomTextException(
              DicomTextException.Problem.SYNTAX, "XML: not well-formed: " + place(e), 0);
    } catch (java.util.NoSuchElementException e) {
      throw new DicomTextException(DicomTextException.Problem.SYNTAX, "XML: no document", 0);
    }
  }

  private static String place(XMLStreamException e) {
    return e.getLocation() == null
        ? "at its end"
        : "line "
            + e.getLocation().getLineNumber()
            + ", column "
            + e.getLocation().getColumnNumber();
  }

  /** Behind the start of an element that holds attributes; reads to its end. */
  private DataSet dataSet(XMLStreamReader xml, int depth) throws XMLStreamException, IOException {
    if (depth > limits.maxDepth()) {
      throw new DicomTextException(
          DicomTextException.Problem.TOO_DEEP,
          "More than " + limits.maxDepth() + " sequences inside one another",
          0);
    }
    DataSet.Builder elements = new DataSet.Builder();
    while (nextChild(xml, 0)) {
      if (!xml.getLocalName().equals("DicomAttribute")) {
        throw structure("no DicomAttribute", 0);
      }
      Element element = attribute(xml, depth);
      boolean nestedCharacterSet = depth > 0 && element.tag() == SPECIFIC_CHARACTER_SET;
      if (Tags.isGroupLength(element.tag()) || nestedCharacterSet) {
        continue;
      }
      if (!elements.addIfAbsent(element)) {
        throw structure("one tag twice", element.tag());
      }
    }
    return elements.build();
  }

  /** Goes to the next element inside of the current one; false at the end of that. */
  private static boolean nextChild(XMLStreamReader xml, int tag)
      throws XMLStreamException, IOException {
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!xml.getText().isBlank()) {
            throw structure("text between elements", tag);
          }
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> throw structure("an entity is not taken", tag);
        default -> {}
      }
    }
  }

  private Element attribute(XMLStreamReader xml, int depth) throws XMLStreamException, IOException {
    String written = xml.getAttributeValue(null, "tag");
    OptionalInt parsed =
        written == null || written.length() != 8 ? OptionalInt.empty() : Tags.parse(written);
    if (parsed.isEmpty()) {
      throw structure("no tag", 0);
    }
    int tag = parsed.getAsInt();
    Vr vr = vr(tag, xml.getAttributeValue(null, "vr"));
    SortedMap<Integer, String> values = new TreeMap<>();
    List<DataSet> items = new ArrayList<>();
    Value binary = null;
    while (nextChild(xml, tag)) {
      String name = xml.getLocalName();
      switch (name) {
        case "Item" -> {
          number(xml, tag);
          items.add(dataSet(xml, depth + 1));
        }
        case "Value", "PersonName" -> {
          int number = number(xml, tag);
          String text = name.equals("Value") ? text(xml, tag) : name(xml, tag);
          if (values.putIfAbsent(number, text) != null) {
            throw structure("two values of one number", tag);
          }
        }
        case "InlineBinary" -> binary = once(binary, binary(tag, vr, text(xml, tag)), tag);
        case "BulkData" -> binary = once(binary, referred(xml, tag), tag);
        default -> throw structure("an element that is not known", tag);
      }
    }
    if (vr == Vr.SQ) {
      if (binary != null) {
        throw structure("SQ holds items", tag);
      }
      return new Element(tag, vr, new Value.Items(items));
    }
    if (!items.isEmpty() || (binary != null && !values.isEmpty())) {
      throw structure("a value of two kinds", tag);
    }
    return new Element(tag, vr, binary != null ? binary : value(tag, vr, values));
  }

  private static Value once(@Nullable Value before, Value now, int tag) throws DicomTextException {
    if (before != null) {
      throw structure("two binary values", tag);
    }
    return now;
  }

  private static Vr vr(int tag, @Nullable String name) throws DicomTextException {
    if (name == null) {
      return Tags.isPrivateCreator(tag) ? Vr.LO : Dictionary.vrOf(tag);
    }
    return Arrays.stream(Vr.values())
        .filter(vr -> vr.name().equals(name))
        .findFirst()
        .orElseThrow(() -> structure("no vr that is known", tag));
  }

  private static int number(XMLStreamReader xml, int tag) throws DicomTextException {
    String number = xml.getAttributeValue(null, "number");
    if (number == null || !number.matches("[1-9][0-9]{0,8}")) {
      throw structure("no number of a value", tag);
    }
    return Integer.parseInt(number);
  }

  private static String text(XMLStreamReader xml, int tag) throws XMLStreamException, IOException {
    StringBuilder text = new StringBuilder();
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw structure("an element inside of a value", tag);
      }
    }
    return text.toString();
  }

  private static String name(XMLStreamReader xml, int tag) throws XMLStreamException, IOException {
    String[] groups = {"", "", ""};
    while (nextChild(xml, tag)) {
      int group = DicomXmlWriter.GROUPS.indexOf(xml.getLocalName());
      if (group < 0) {
        throw structure("a group of a name that is not known", tag);
      }
      List<String> components = new ArrayList<>();
      while (nextChild(xml, tag)) {
        int component = DicomXmlWriter.COMPONENTS.indexOf(xml.getLocalName());
        String text = component < 0 ? "" : text(xml, tag);
        if (component < 0 || text.indexOf('^') >= 0 || text.indexOf('=') >= 0) {
          throw structure("a component of a name that is none", tag);
        }
        while (components.size() <= component) {
          components.add("");
        }
        components.set(component, text);
      }
      groups[group] = String.join("^", components);
    }
    String all = String.join("=", groups);
    int end = all.length();
    while (end > 0 && all.charAt(end - 1) == '=') {
      end--;
    }
    return all.substring(0, end);
  }

  private static Value binary(int tag, Vr vr, String base64) throws DicomTextException {
    try {
      return ValueText.padded(vr, Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw bad("InlineBinary is no base64", tag);
    }
  }

  private Value referred(XMLStreamReader xml, int tag) throws XMLStreamException, IOException {
    String uri = null;
    for (String name : List.of("uri", "URI", "uuid")) {
      uri = uri == null ? xml.getAttributeValue(null, name) : uri;
    }
    if (uri == null || !text(xml, tag).isBlank()) {
      throw structure("bulk data without reference", tag);
    }
    return bulk.find(tag, uri);
  }

  private static Value value(int tag, Vr vr, SortedMap<Integer, String> values)
      throws DicomTextException {
    List<@Nullable String> texts = new ArrayList<>();
    for (var entry : values.entrySet()) {
      if (entry.getKey() - texts.size() > MAX_GAP) {
        throw structure("numbers of values that leave too many out", tag);
      }
      while (texts.size() < entry.getKey() - 1) {
        texts.add(null);
      }
      texts.add(entry.getValue());
    }
    try {
      return ValueText.parse(vr, texts);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad("a value that " + vr + " cannot hold", tag);
    }
  }

  private DicomTextException tooLarge() {
    return new DicomTextException(
        DicomTextException.Problem.TOO_LARGE,
        "The XML document has more than " + limits.maxCharacters() + " characters",
        0);
  }

  private static DicomTextException structure(String what, int tag) {
    return new DicomTextException(DicomTextException.Problem.STRUCTURE, where(what, tag), tag);
  }

  private static DicomTextException bad(String what, int tag) {
    return new DicomTextException(DicomTextException.Problem.BAD_VALUE, where(what, tag), tag);
  }

  private static String where(String what, int tag) {
    return "DICOM XML: " + what + (tag == 0 ? "" : ", in " + Tags.format(tag));
  }

  /** Stops behind so many characters. */
  private static final class Limited extends FilterReader {
    private final long max;
    private long read;
    private boolean isExceeded;

    Limited(Reader in, long max) {
      super(in);
      this.max = max;
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      int got = super.read(buffer, from, length);
      return count(got, got);
    }

    private int count(int result, int characters) throws IOException {
      read += Math.max(0, characters);
      isExceeded = read > max;
      if (isExceeded) {
        throw new IOException("too long");
      }
      return result;
    }
  }
}
