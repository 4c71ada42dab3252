package org.ithil.services.query;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.json.ValueText;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Makes the identifiers of requests, PS3.4 C.4.1.1.3, from texts. Safe for concurrent use. */
public final class Identifier {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);

  private final Dictionary dictionary;
  private final DefaultCharacterSet encoding;

  /**
   * @param dictionary says how values are represented
   * @param encoding the character set of identifiers that ask for no other
   */
  public Identifier(Dictionary dictionary, DefaultCharacterSet encoding) {
    this.dictionary = dictionary;
    this.encoding = encoding;
  }

  /** The character set that identifiers with these texts are written in. */
  public SpecificCharacterSet characterSet(Map<Integer, String> texts) {
    String asked = texts.getOrDefault(Tag.SpecificCharacterSet, "");
    return asked.isBlank()
        ? encoding.encoding().declared()
        : SpecificCharacterSet.of(List.of(asked.split("\\\\", -1)));
  }

  /**
   * The identifier with some keys, and the level; letters that the character set lacks are dropped.
   *
   * @throws IllegalArgumentException if a text is no value of its tag
   */
  public DataSet of(QueryKeys keys) {
    SpecificCharacterSet set = characterSet(keys.texts());
    DataSet.Builder identifier = new DataSet.Builder();
    keys.texts().forEach((tag, text) -> identifier.put(element(tag, text, set)));
    identifier.put(element(Tag.QueryRetrieveLevel, QueryKeys.name(keys.level()), set));
    identifier.put(declaration(set));
    return identifier.build();
  }

  /** The element that says how texts are encoded. */
  public static Element declaration(SpecificCharacterSet set) {
    byte[] terms = SpecificCharacterSet.ASCII.encode(set.toString(), Vr.CS);
    return new Element(Tag.SpecificCharacterSet, Vr.CS, ValueText.padded(Vr.CS, terms));
  }

  /**
   * One element with a text.
   *
   * @throws IllegalArgumentException if the text is no value of its tag
   */
  public Element element(int tag, String text, SpecificCharacterSet set) {
    Vr vr = dictionary.vrOf(tag, null);
    if (text.isEmpty()) {
      return new Element(tag, vr, vr == Vr.SQ ? new Value.Items(List.of()) : Value.EMPTY);
    }
    if (vr.isText()) {
      SpecificCharacterSet own = vr.usesCharacterSet() ? set : SpecificCharacterSet.ASCII;
      return new Element(tag, vr, ValueText.padded(vr, own.encode(text, vr)));
    }
    if (vr == Vr.UN) {
      return new Element(tag, vr, ValueText.padded(vr, set.encode(text, vr)));
    }
    return new Element(tag, vr, ValueText.parse(vr, Arrays.asList(text.split("\\\\", -1))));
  }

  /** Writes an identifier. */
  public static void write(DataSet identifier, TransferSyntax syntax, OutputStream out)
      throws IOException {
    DicomWriter.writeDataSet(identifier, syntax, NOTHING, out);
  }
}
