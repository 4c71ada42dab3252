package org.ithil.dicom.xml;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.TextValues;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.json.Bulk;
import org.ithil.dicom.json.BulkData;
import org.ithil.dicom.json.ValueText;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a data set as the Native DICOM Model, PS3.19 A.1. Group lengths are left out, and
 * characters that XML cannot hold. Large values pass in pieces. A writer may be used by many
 * threads.
 */
public final class DicomXmlWriter {
  /** Whose document it is. */
  public enum Dialect {
    /** As PS3.19 wants it. */
    STANDARD,
    /**
     * As the reference writes it: an empty Value behind each Item, the attribute URI in capitals.
     */
    REFERENCE
  }

  static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";
  static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
  static final List<String> COMPONENTS =
      List.of("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix");

  private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int PIECE = 48 << 10;

  private final ByteSource values;
  private final BulkData bulk;
  private final Dictionary dictionary;
  private final Dialect dialect;

  /**
   * @param values where located values lie
   * @param bulk what is shown of binary values
   * @param dictionary gives the keywords
   */
  public DicomXmlWriter(ByteSource values, BulkData bulk, Dictionary dictionary, Dialect dialect) {
    this.values = values;
    this.bulk = bulk;
    this.dictionary = dictionary;
    this.dialect = dialect;
  }

  /**
   * Writes a document; the writer must encode in UTF-8.
   *
   * @param inherited character set of text if the data set does not declare one
   */
  public void write(DataSet dataSet, SpecificCharacterSet inherited, Writer out)
      throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("utf-8", "1.0");
      xml.writeStartElement("NativeDicomModel");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeNamespace("xsi", SCHEMA);
      xml.writeAttribute("xsi", SCHEMA, "schemaLocation", NAMESPACE);
      write(dataSet, inherited, List.of(), xml);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void write(
      DataSet dataSet,
      SpecificCharacterSet inherited,
      List<BulkData.Step> path,
      XMLStreamWriter xml)
      throws IOException, XMLStreamException {
    SpecificCharacterSet characterSet = dataSet.characterSet(inherited);
    for (Element element : dataSet) {
      BulkData.Shown shown = Bulk.shown(bulk, path, element);
      if (Tags.isGroupLength(element.tag()) || shown instanceof BulkData.Shown.LeftOut) {
        continue;
      }
      xml.writeStartElement("DicomAttribute");
      writeAttributes(element, dataSet, xml);
      switch (shown) {
        case BulkData.Shown.Uri(String uri) -> {
          xml.writeEmptyElement("BulkData");
          xml.writeAttribute(dialect == Dialect.REFERENCE ? "URI" : "uri", allowed(uri));
        }
        case BulkData.Shown.Inline _ -> writeInline(element, xml);
        case BulkData.Shown.Values _ -> writeValues(element, characterSet, path, xml);
        case BulkData.Shown.Empty _, BulkData.Shown.LeftOut _ -> {}
      }
      xml.writeEndElement();
    }
  }

  private void writeAttributes(Element element, DataSet dataSet, XMLStreamWriter xml)
      throws XMLStreamException {
    int tag = element.tag();
    boolean inBlock = Tags.isPrivate(tag) && Tags.element(tag) >= 0x1000;
    String creator = inBlock ? dataSet.privateCreator(tag) : null;
    DictionaryEntry entry = dictionary.entry(tag, creator);
    xml.writeAttribute("tag", Bulk.tag(tag));
    xml.writeAttribute("vr", element.vr().name());
    if (entry != null) {
      xml.writeAttribute("keyword", entry.keyword());
    }
    if (creator != null) {
      xml.writeAttribute("privateCreator", allowed(creator));
    }
  }

  private void writeInline(Element element, XMLStreamWriter xml)
      throws IOException, XMLStreamException {
    xml.writeStartElement("InlineBinary");
    Bulk.copy(
        element,
        values,
        PIECE,
        piece -> {
          try {
            xml.writeCharacters(Base64.getEncoder().encodeToString(piece));
          } catch (XMLStreamException e) {
            throw new IOException(e);
          }
        });
    xml.writeEndElement();
  }

  private void writeValues(
      Element element,
      SpecificCharacterSet characterSet,
      List<BulkData.Step> path,
      XMLStreamWriter xml)
      throws IOException, XMLStreamException {
    if (element.value() instanceof Value.Items(List<DataSet> items)) {
      for (int i = 0; i < items.size(); i++) {
        List<BulkData.Step> inside = new ArrayList<>(path);
        inside.add(new BulkData.Step(element.tag(), i + 1));
        xml.writeStartElement("Item");
        xml.writeAttribute("number", Integer.toString(i + 1));
        write(items.get(i), characterSet, inside, xml);
        xml.writeEndElement();
        if (dialect == Dialect.REFERENCE) {
          xml.writeEmptyElement("Value");
          xml.writeAttribute("number", Integer.toString(i + 1));
        }
      }
      return;
    }
    Vr vr = element.vr();
    if (vr == Vr.SQ) {
      return;
    }
    XmlTexts texts = new XmlTexts(vr, xml);
    if (!vr.isText()) {
      Bulk.copy(
          element,
          values,
          PIECE,
          piece -> {
            for (String number : ValueText.numbers(vr, piece)) {
              texts.text(number(number));
              texts.end();
            }
          });
    } else if (element.value() instanceof Value.Located) {
      TextValues.read(element, characterSet, values, texts);
    } else {
      for (String text : element.texts(characterSet)) {
        if (!text.isEmpty()) {
          texts.text(text);
        }
        texts.end();
      }
    }
  }

  /** As XML Schema writes numbers that are none. */
  private static String number(String text) {
    return switch (text) {
      case "nan" -> "NaN";
      case "inf" -> "INF";
      case "-inf" -> "-INF";
      default -> text;
    };
  }

  /** Without the characters that XML 1.0 cannot hold. */
  static String allowed(@Nullable String text) {
    if (text == null) {
      return "";
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < Character.MIN_SURROGATE)
                || (c > Character.MAX_SURROGATE && c < 0xfffe)
                || c > 0xffff)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
