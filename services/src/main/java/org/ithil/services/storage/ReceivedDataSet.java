package org.ithil.services.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomWriter;

/**
 * The order in a data set that came over the network. Its bytes are kept as they are, unless it
 * breaks PS3.5 7.1 (elements in order), holds group lengths, which may be wrong, or UIDs with
 * blanks inside; then it is written anew, in its own transfer syntax.
 */
final class ReceivedDataSet {
  private ReceivedDataSet() {}

  static boolean isInOrder(DicomFile file) {
    return file.inOrder() && isClean(file.dataSet());
  }

  /** The same instance, written as it should be. */
  static SpooledFile rewritten(DicomFile file, Spool spool) throws IOException {
    try (Spool.Writer out = spool.open()) {
      DicomWriter.writeFile(file.meta(), cleaned(file.dataSet()), file.values(), out);
      return out.finish();
    }
  }

  private static boolean isClean(DataSet dataSet) {
    for (Element element : dataSet) {
      if (Tags.isGroupLength(element.tag()) || hasBlanks(element)) {
        return false;
      }
      for (DataSet item : element.items()) {
        if (!isClean(item)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasBlanks(Element element) {
    if (element.vr() == Vr.UI) {
      for (byte b : element.bytes()) {
        if (b == ' ') {
          return true;
        }
      }
    }
    return false;
  }

  /** Without group lengths; the writer leaves out those inside of items. */
  private static DataSet cleaned(DataSet dataSet) {
    DataSet.Builder builder = new DataSet.Builder();
    for (Element element : dataSet) {
      if (hasBlanks(element)) {
        builder.put(withoutBlanks(element));
      } else if (!Tags.isGroupLength(element.tag())) {
        builder.put(element);
      }
    }
    return builder.build();
  }

  private static Element withoutBlanks(Element element) {
    String text =
        new String(element.bytes(), StandardCharsets.ISO_8859_1).replace(" ", "").replace("\0", "");
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] even = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    return new Element(element.tag(), Vr.UI, new Value.Bytes(even));
  }
}
