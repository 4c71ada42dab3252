package org.ithil.services.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ithil.archive.blob.FileSpool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UIDs that came with blanks inside. */
class ReceivedDataSetTest {
  @TempDir Path folder;

  @Test
  void blanks_are_taken_out_of_short_and_long_lists_of_UIDs() throws Exception {
    for (int count : new int[] {2, 2000}) {
      String dirty = "1.2.3 \\".repeat(count - 1) + "1.2.3 ";
      String clean = dirty.replace(" ", "");
      DicomFile read = read(dirty);
      assertThat(ReceivedDataSet.isInOrder(read)).isFalse();
      try (SpooledFile file =
          ReceivedDataSet.rewritten(read, new FileSpool(folder.resolve("spool"), 0))) {
        DicomFile again = DicomReader.readFile(file, ReadOptions.DEFAULT);
        assertThat(again.dataSet().ascii(Tag.RelatedGeneralSOPClassUID)).contains(clean);
        assertThat(ReceivedDataSet.isInOrder(again)).isTrue();
      }
      assertThat(ReceivedDataSet.isInOrder(read(clean))).isTrue();
    }
  }

  private static DicomFile read(String uids) throws Exception {
    byte[] bytes = uids.getBytes(StandardCharsets.US_ASCII);
    Value value = new Value.Bytes(java.util.Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
    DataSet dataSet = DataSet.of(List.of(new Element(Tag.RelatedGeneralSOPClassUID, Vr.UI, value)));
    DataSet meta =
        DataSet.of(
            List.of(
                new Element(
                    Tag.TransferSyntaxUID,
                    Vr.UI,
                    new Value.Bytes(
                        (TransferSyntax.EXPLICIT_LE.uid() + "\0")
                            .getBytes(StandardCharsets.US_ASCII)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta, dataSet, ByteSource.of(new byte[0]), out);
    return DicomReader.readFile(
        ByteSource.of(out.toByteArray()), ReadOptions.DEFAULT.withLargeValue(4096));
  }
}
