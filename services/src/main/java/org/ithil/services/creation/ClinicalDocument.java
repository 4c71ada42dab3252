package org.ithil.services.creation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ithil.services.creation.CreationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a CDA document (HL7 v3 Clinical Document Architecture) tells: children of
 * {@code ClinicalDocument} before its {@code component}.
 *
 * @param instance root and extension of its identifier with "^" between them (PS3.3 C.24.2: HL7
 *     Instance Identifier); empty if it has none
 * @param title may be empty
 * @param code what kind of document it is; null if that is not said by LOINC
 */
record ClinicalDocument(String instance, String title, @Nullable Code code) {
  private static final String NAMESPACE = "urn:hl7-org:v3";
  private static final String LOINC = "2.16.840.1.113883.6.1";
  private static final int LONGEST_TITLE = 1024;

  /** A code of LOINC. */
  record Code(String value, String meaning) {}

  /**
   * Reads the header; entities and document types are not looked at.
   *
   * @throws CreationException DAMAGED if it is no CDA document
   */
  static ClinicalDocument read(InputStream in) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        return read(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      if (e instanceof CreationException known) {
        throw known;
      }
      throw none();
    }
  }

  private static CreationException none() {
    return new CreationException(Problem.DAMAGED, "Not a CDA document");
  }

  private static ClinicalDocument read(XMLStreamReader xml) throws XMLStreamException {
    while (!xml.isStartElement()) {
      xml.next();
    }
    if (!xml.getLocalName().equals("ClinicalDocument")
        || !NAMESPACE.equals(xml.getNamespaceURI())) {
      throw none();
    }
    String instance = "";
    String title = "";
    Code code = null;
    int depth = 1;
    // To the end, so that what is no XML is found out.
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
        if (depth != 2) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "id" -> instance = identifier(xml);
          case "code" -> code = code(xml);
          case "title" -> {
            title = title(xml);
            depth--;
          }
          default -> {}
        }
      }
    }
    return new ClinicalDocument(instance, title, code);
  }

  private static String attribute(XMLStreamReader xml, String name) {
    return Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("").strip();
  }

  private static String identifier(XMLStreamReader xml) {
    String root = attribute(xml, "root");
    String extension = attribute(xml, "extension");
    return extension.isEmpty() ? root : root + '^' + extension;
  }

  private static @Nullable Code code(XMLStreamReader xml) {
    String value = attribute(xml, "code");
    String meaning = attribute(xml, "displayName");
    boolean usable =
        attribute(xml, "codeSystem").equals(LOINC)
            && !value.isEmpty()
            && value.length() <= 16
            && !meaning.isEmpty()
            && meaning.length() <= 64;
    return usable ? new Code(value, meaning) : null;
  }

  /** The text up to the end of the element, which is read. */
  private static String title(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamReader.START_ELEMENT -> depth++;
        case XMLStreamReader.END_ELEMENT -> depth--;
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
          if (text.length() < LONGEST_TITLE) {
            text.append(xml.getText());
          }
        }
        default -> {}
      }
    }
    String all = text.toString().replaceAll("\\s+", " ").strip();
    return all.length() > LONGEST_TITLE ? all.substring(0, LONGEST_TITLE) : all;
  }
}
