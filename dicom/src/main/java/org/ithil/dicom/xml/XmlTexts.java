package org.ithil.dicom.xml;

import java.io.IOException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ithil.dicom.data.TextValues;
import org.ithil.dicom.encoding.Vr;

/** Writes the values of an element, whole or in pieces; empty ones are counted only. */
final class XmlTexts implements TextValues.Sink {
  private final Vr vr;
  private final XMLStreamWriter xml;
  private int number = 1;

  /** True behind the first character of a value. */
  private boolean inside;

  /** The group and the component of a name that the next character belongs to. */
  private int group;

  private int component;

  /** True if the element of the group, and of the component, is open. */
  private boolean groupOpen;

  XmlTexts(Vr vr, XMLStreamWriter xml) {
    this.vr = vr;
    this.xml = xml;
  }

  @Override
  public void text(String piece) throws IOException {
    try {
      if (!inside) {
        inside = true;
        xml.writeStartElement(vr == Vr.PN ? "PersonName" : "Value");
        xml.writeAttribute("number", Integer.toString(number));
      }
      if (vr == Vr.PN) {
        name(piece);
      } else {
        write(piece);
      }
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void name(String piece) throws XMLStreamException {
    int start = 0;
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c == '=' || c == '^') {
        component(piece.substring(start, i));
        start = i + 1;
        if (c == '=') {
          endGroup();
          group = Math.min(group + 1, DicomXmlWriter.GROUPS.size());
        } else {
          nextComponent();
        }
      }
    }
    component(piece.substring(start));
  }

  private void component(String text) throws XMLStreamException {
    if (!text.isEmpty() && group < DicomXmlWriter.GROUPS.size()) {
      startGroup();
      if (component < DicomXmlWriter.COMPONENTS.size()) {
        write(text);
      }
    }
  }

  private void startGroup() throws XMLStreamException {
    if (!groupOpen) {
      groupOpen = true;
      xml.writeStartElement(DicomXmlWriter.GROUPS.get(group));
      xml.writeStartElement(DicomXmlWriter.COMPONENTS.getFirst());
    }
  }

  private void nextComponent() throws XMLStreamException {
    if (group >= DicomXmlWriter.GROUPS.size()) {
      return;
    }
    startGroup();
    if (component < DicomXmlWriter.COMPONENTS.size()) {
      xml.writeEndElement();
      component++;
      if (component < DicomXmlWriter.COMPONENTS.size()) {
        xml.writeStartElement(DicomXmlWriter.COMPONENTS.get(component));
      }
    }
  }

  private void endGroup() throws XMLStreamException {
    if (groupOpen) {
      if (component < DicomXmlWriter.COMPONENTS.size()) {
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    groupOpen = false;
    component = 0;
  }

  @Override
  public void end() throws IOException {
    try {
      if (inside) {
        endGroup();
        xml.writeEndElement();
      }
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    inside = false;
    group = 0;
    number++;
  }

  /**
   * A carriage return is written as a reference: readers of XML take a plain one for a line feed.
   */
  private void write(String text) throws XMLStreamException {
    String[] lines = DicomXmlWriter.allowed(text).split("\r", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        xml.writeEntityRef("#13");
      }
      xml.writeCharacters(lines[i]);
    }
  }
}
