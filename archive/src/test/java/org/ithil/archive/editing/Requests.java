package org.ithil.archive.editing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.DictionaryException;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.KeyedUids;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Requests for edits and the data sets that they change. */
final class Requests {
  static final Editing.Draw DRAW = new Editing.Draw(new byte[16], 0);
  static final KeyedUids UIDS = new KeyedUids(DRAW.key());

  private Requests() {}

  /** JSON, with ' in the place of ". */
  static JsonValue.Members json(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try {
      return (JsonValue.Members) new JsonReader(1 << 20).read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The standard's tags, and some of "My Company". */
  static Dictionary dictionary() {
    try {
      return Dictionary.standard()
          .with(
              List.of(
                  DictionaryEntry.configured("0405,0010", "LO", "MyCreator", 1, 1, "My Company"),
                  DictionaryEntry.configured("0405,1001", "ST", "MyText", 1, 1, "My Company"),
                  DictionaryEntry.configured("0405,1002", "SQ", "MyList", 1, 1, "My Company")));
    } catch (DictionaryException e) {
      throw new IllegalStateException(e);
    }
  }

  static Editing editing() {
    return new Editing(
        dictionary(),
        new DefaultCharacterSet(DefaultEncoding.LATIN1),
        (type, bytes) ->
            dataSet(
                text(Tag.PhotometricInterpretation, Vr.CS, type),
                new Element(Tag.PixelData, Vr.OB, new Value.Bytes(bytes))));
  }

  /** What a modification of one instance gives. */
  static DataSet modified(String request, DataSet source) {
    Editing editing = editing();
    JsonValue.Members json = json(request);
    return modified(request, editing.levelOf(json), Covered.NOTHING, source);
  }

  static DataSet modified(String request, Level level, Covered covered, DataSet source) {
    return editing()
        .modification(json(request), level, DRAW, covered)
        .apply(file(source))
        .dataSet();
  }

  static DicomFile file(DataSet dataSet) {
    return new DicomFile(
        DataSet.EMPTY,
        dataSet,
        TransferSyntax.EXPLICIT_LE,
        0,
        OptionalLong.empty(),
        OptionalInt.empty(),
        ByteSource.of(new byte[0]),
        true);
  }

  static DataSet dataSet(Element... elements) {
    return DataSet.of(List.of(elements));
  }

  /** An instance 1.2.3.4 of the series 1.2.3 of the study 1.2, with more elements. */
  static DataSet instance(Element... more) {
    DataSet.Builder builder =
        dataSet(
            uid(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7"),
            uid(Tag.SOPInstanceUID, "1.2.3.4"),
            uid(Tag.SeriesInstanceUID, "1.2.3"),
            uid(Tag.StudyInstanceUID, "1.2"),
            text(Tag.PatientID, Vr.LO, "P1"),
            text(Tag.PatientName, Vr.PN, "A^B"))
            .toBuilder();
    for (Element element : more) {
      builder.put(element);
    }
    return builder.build();
  }

  static Element uid(int tag, String text) {
    return References.uids(tag, text);
  }

  /** Text in Latin-1. */
  static Element text(int tag, Vr vr, String text) {
    String even = text.length() % 2 == 0 ? text : text + (char) vr.padding();
    return new Element(tag, vr, new Value.Bytes(even.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static Element sequence(int tag, DataSet... items) {
    return new Element(tag, Vr.SQ, new Value.Items(List.of(items)));
  }

  static String textOf(DataSet dataSet, int tag) {
    return dataSet.text(tag, SpecificCharacterSet.of(List.of("ISO_IR 100"))).orElse("absent");
  }

  static DataSet item(DataSet dataSet, int sequence, int number) {
    Element element = dataSet.get(sequence);
    if (element == null) {
      throw new AssertionError("no sequence");
    }
    return element.items().get(number);
  }
}
