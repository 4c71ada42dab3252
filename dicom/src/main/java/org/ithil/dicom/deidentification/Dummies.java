package org.ithil.dicom.deidentification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/** Values that say nothing, but fit their value representations and attributes. */
final class Dummies {
  static final String TEXT = "Anonymized";

  /** The smallest document that readers of PDF open: one page, empty. */
  private static final String PDF =
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj
      xref
      0 4
      0000000000 65535 f\s
      0000000009 00000 n\s
      0000000052 00000 n\s
      0000000101 00000 n\s
      trailer<</Size 4/Root 1 0 R>>
      startxref
      164
      %%EOF
      """;

  private final UidChange uids;

  Dummies(UidChange uids) {
    this.uids = uids;
  }

  /**
   * An element in the place of one.
   *
   * @param around the data set that the element is in
   */
  Element of(Element element, DataSet around) {
    int tag = element.tag();
    if (element.vr() == Vr.SQ) {
      return Elements.sequence(tag, items(element));
    }
    if (tag == Tag.EncapsulatedDocument) {
      return Elements.padded(tag, element.vr(), document(around));
    }
    return leaf(tag, element.vr(), element);
  }

  /** A number for Encapsulated Document Length (0042,0015) of a dummy. */
  static int documentLength(DataSet around) {
    return document(around).length;
  }

  private static byte[] document(DataSet around) {
    String type = around.ascii(Tag.MIMETypeOfEncapsulatedDocument).orElse("").strip();
    String text =
        switch (type) {
          case "application/pdf" -> PDF;
          case "text/XML" -> "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>";
          default -> "\0\0";
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Element leaf(int tag, Vr vr, Element element) {
    return switch (vr) {
      case LO, SH, ST, LT, UT, UC -> Elements.ascii(tag, vr, TEXT);
      case PN -> Elements.ascii(tag, vr, TEXT);
      case AE, CS -> Elements.ascii(tag, vr, "ANONYMIZED");
      case DA -> Elements.ascii(tag, vr, "19000101");
      case TM -> Elements.ascii(tag, vr, "000000");
      case DT -> Elements.ascii(tag, vr, "19000101000000");
      case AS -> Elements.ascii(tag, vr, "000Y");
      case DS, IS -> Elements.ascii(tag, vr, "0");
      case UR -> Elements.ascii(tag, vr, "urn:anonymized");
      case UI -> uids.of(element);
      case AT, FL, SL, UL, OF, OL -> zeros(tag, vr, 4);
      case US, SS, OB, OW, UN -> zeros(tag, vr, 2);
      case FD, SV, UV, OD, OV -> zeros(tag, vr, 8);
      case SQ -> Elements.sequence(tag, List.of());
    };
  }

  private static Element zeros(int tag, Vr vr, int count) {
    return new Element(tag, vr, new Value.Bytes(new byte[count]));
  }

  private List<DataSet> items(Element element) {
    int tag = element.tag();
    if (tag == Tag.ContentSequence) {
      return List.of(contentItem());
    }
    if (tag == Tag.GraphicAnnotationSequence) {
      return element.items().isEmpty()
          ? List.of()
          : element.items().stream().map(this::annotation).toList();
    }
    if (isCode(tag)) {
      return List.of(Elements.code("ANONYMIZED", "99ITHIL", TEXT));
    }
    if (element.items().isEmpty()) {
      return List.of();
    }
    List<DataSet> items = new ArrayList<>();
    for (DataSet item : element.items()) {
      items.add(item(item));
    }
    return items;
  }

  private static boolean isCode(int tag) {
    DictionaryEntry entry = Dictionary.standard().entry(tag, null);
    return entry != null && entry.keyword().endsWith("CodeSequence");
  }

  /** An item with the same elements, none of which says anything but numbers and code strings. */
  private DataSet item(DataSet item) {
    DataSet.Builder result = new DataSet.Builder();
    for (Element element : item) {
      Element dummy = inItem(element, item);
      if (dummy != null) {
        result.put(dummy);
      }
    }
    return result.build();
  }

  private @Nullable Element inItem(Element element, DataSet item) {
    int tag = element.tag();
    if ((tag & 0x10000) != 0 || element.vr() == Vr.UN) {
      return null;
    }
    if (tag == Tag.SpecificCharacterSet || element.isEmpty()) {
      return element;
    }
    if (element.vr() == Vr.CS && StandardProfile.base(tag) == StandardProfile.Action.KEEP) {
      return element;
    }
    return of(element, item);
  }

  /** What a report says without its content, PS3.3 C.17.3: a comment. */
  private static DataSet contentItem() {
    return DataSet.of(
        List.of(
            Elements.ascii(Tag.RelationshipType, Vr.CS, "CONTAINS"),
            Elements.ascii(Tag.ValueType, Vr.CS, "TEXT"),
            Elements.sequence(
                Tag.ConceptNameCodeSequence, List.of(Elements.code("121106", "DCM", "Comment"))),
            Elements.ascii(Tag.TextValue, Vr.UT, TEXT)));
  }

  /** An annotation of the same layer of the same images, PS3.3 C.10.5, with a dummy text. */
  private DataSet annotation(DataSet before) {
    DataSet.Builder result = new DataSet.Builder();
    Element images = before.get(Tag.ReferencedImageSequence);
    if (images != null) {
      result.put(Elements.sequence(images.tag(), images.items().stream().map(this::item).toList()));
    }
    Element layer = before.get(Tag.GraphicLayer);
    if (layer != null) {
      result.put(layer);
    }
    DataSet text =
        DataSet.of(
            List.of(
                Elements.ascii(Tag.AnchorPointAnnotationUnits, Vr.CS, "PIXEL"),
                Elements.ascii(Tag.UnformattedTextValue, Vr.ST, TEXT),
                new Element(Tag.AnchorPoint, Vr.FL, new Value.Bytes(ONE_ONE.clone())),
                Elements.ascii(Tag.AnchorPointVisibility, Vr.CS, "N")));
    result.put(Elements.sequence(Tag.TextObjectSequence, List.of(text)));
    return result.build();
  }

  /** 1\1 as FL. */
  private static final byte[] ONE_ONE = {0, 0, (byte) 0x80, 0x3f, 0, 0, (byte) 0x80, 0x3f};
}
