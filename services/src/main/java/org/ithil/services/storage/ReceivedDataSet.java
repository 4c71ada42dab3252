package org.ithil.services.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.data.ByteSource;
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

  /** UIDs that are longer altogether stay as they are: no key, no list of UIDs comes near. */
  private static final int LONGEST = 4 << 20;

  static boolean isInOrder(DicomFile file) throws IOException {
    return file.inOrder() && isClean(file.dataSet(), file.values());
  }

  /** The same instance, written as it should be. */
  static SpooledFile rewritten(DicomFile file, Spool spool) throws IOException {
    try (Spool.Writer out = spool.open()) {
      DataSet cleaned = cleaned(file.dataSet(), file.values());
      DicomWriter.writeFile(file.meta(), cleaned, file.values(), out);
      return out.finish();
    }
  }

  private static boolean isClean(DataSet dataSet, ByteSource values) throws IOException {
    for (Element element : dataSet) {
      if (Tags.isGroupLength(element.tag()) || hasBlanks(uids(element, values))) {
        return false;
      }
      for (DataSet item : element.items()) {
        if (!isClean(item, values)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The bytes of UIDs, wherever they lie; none for other elements. */
  private static byte[] uids(Element element, ByteSource values) throws IOException {
    if (element.vr() != Vr.UI) {
      return new byte[0];
    }
    return element.value() instanceof Value.Located located && located.length() <= LONGEST
        ? located.read(values, Vr.UI, 0, (int) located.length())
        : element.bytes();
  }

  private static boolean hasBlanks(byte[] uids) {
    for (byte b : uids) {
      if (b == ' ') {
        return true;
      }
    }
    return false;
  }

  /** Without group lengths; the writer leaves out those inside of items. */
  private static DataSet cleaned(DataSet dataSet, ByteSource values) throws IOException {
    DataSet.Builder builder = new DataSet.Builder();
    for (Element element : dataSet) {
      byte[] uids = uids(element, values);
      if (hasBlanks(uids)) {
        builder.put(withoutBlanks(element.tag(), uids));
      } else if (!Tags.isGroupLength(element.tag())) {
        builder.put(element);
      }
    }
    return builder.build();
  }

  private static Element withoutBlanks(int tag, byte[] uids) {
    String text = new String(uids, StandardCharsets.ISO_8859_1).replace(" ", "").replace("\0", "");
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] even = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    return new Element(tag, Vr.UI, new Value.Bytes(even));
  }
}
