package org.ithil.dicom.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.TextValues;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * Writes data sets as the DICOM JSON Model, PS3.18 F.2. Group lengths are left out; DS is written
 * as text, IS as number; Specific Character Set stands as it is. An infinite number becomes 1e+9999
 * and one that is none null, as the reference does.
 *
 * <p>Large values pass in pieces. A writer may be used by many threads.
 */
public final class DicomJsonWriter {
  /** Bytes in a piece of base64: a multiple of 3 (base64) and of 8 (byte order). */
  private static final int PIECE = 48 << 10;

  private final ByteSource values;
  private final BulkData bulk;

  /**
   * @param values where located values lie
   * @param bulk what is shown of binary values
   */
  public DicomJsonWriter(ByteSource values, BulkData bulk) {
    this.values = values;
    this.bulk = bulk;
  }

  /**
   * Writes one data set as a JSON object.
   *
   * @param inherited character set of text if the data set does not declare one
   */
  public void write(DataSet dataSet, SpecificCharacterSet inherited, Appendable out)
      throws IOException {
    write(dataSet, inherited, List.of(), new JsonOutput(out));
  }

  private void write(
      DataSet dataSet, SpecificCharacterSet inherited, List<BulkData.Step> path, JsonOutput json)
      throws IOException {
    SpecificCharacterSet characterSet = dataSet.characterSet(inherited);
    json.open('{');
    for (Element element : dataSet) {
      if (!Tags.isGroupLength(element.tag())) {
        write(element, characterSet, path, json);
      }
    }
    json.close('}');
  }

  private void write(
      Element element, SpecificCharacterSet characterSet, List<BulkData.Step> path, JsonOutput json)
      throws IOException {
    BulkData.Shown shown = Bulk.shown(bulk, path, element);
    if (shown instanceof BulkData.Shown.LeftOut) {
      return;
    }
    Vr vr = element.vr();
    json.name(Bulk.tag(element.tag())).open('{').name("vr").text(vr.name());
    switch (shown) {
      case BulkData.Shown.Uri(String uri) -> json.name("BulkDataURI").text(uri);
      case BulkData.Shown.Inline _ -> {
        json.name("InlineBinary").openText();
        Bulk.copy(element, values, PIECE, json::binary);
        json.closeText();
      }
      case BulkData.Shown.Values _ -> writeValues(element, characterSet, path, json);
      case BulkData.Shown.Empty _, BulkData.Shown.LeftOut _ -> {}
    }
    json.close('}');
  }

  private void writeValues(
      Element element, SpecificCharacterSet characterSet, List<BulkData.Step> path, JsonOutput json)
      throws IOException {
    if (element.value() instanceof Value.Items(List<DataSet> items)) {
      writeItems(element.tag(), items, characterSet, path, json);
      return;
    }
    Vr vr = element.vr();
    if (vr.isText()) {
      JsonTexts texts = new JsonTexts(vr, json);
      if (element.value() instanceof Value.Located) {
        TextValues.read(element, characterSet, values, texts);
      } else {
        for (String text : element.texts(characterSet)) {
          if (!text.isEmpty()) {
            texts.text(text);
          }
          texts.end();
        }
      }
      texts.close();
    } else if (!element.isEmpty() && vr != Vr.SQ) {
      json.name("Value").open('[');
      Bulk.copy(
          element,
          values,
          PIECE,
          piece -> {
            for (String number : ValueText.numbers(vr, piece)) {
              writeNumber(vr, number, json);
            }
          });
      json.close(']');
    }
  }

  private void writeItems(
      int tag,
      List<DataSet> items,
      SpecificCharacterSet characterSet,
      List<BulkData.Step> path,
      JsonOutput json)
      throws IOException {
    if (items.isEmpty()) {
      return;
    }
    json.name("Value").open('[');
    for (int i = 0; i < items.size(); i++) {
      List<BulkData.Step> inside = new ArrayList<>(path);
      inside.add(new BulkData.Step(tag, i + 1));
      write(items.get(i), characterSet, inside, json);
    }
    json.close(']');
  }

  private static void writeNumber(Vr vr, String number, JsonOutput json) throws IOException {
    if (vr == Vr.AT) {
      json.text(number);
      return;
    }
    json.raw(
        switch (number) {
          case "nan" -> "null";
          case "inf" -> "1e+9999";
          case "-inf" -> "-1e+9999";
          default -> number;
        });
  }
}
