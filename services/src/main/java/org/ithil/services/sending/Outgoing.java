package org.ithil.services.sending;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dimse.association.DataSetBody;

/**
 * An open DICOM file that can be sent.
 *
 * @param sopClass its SOP Class UID; empty if it has none
 * @param sopInstance its SOP Instance UID; empty if it has none
 * @param offset where its data set begins
 * @param bytes the file
 * @param release lets the file go
 */
public record Outgoing(
    String sopClass,
    String sopInstance,
    TransferSyntax syntax,
    long offset,
    ByteSource bytes,
    ReadOptions reading,
    Runnable release)
    implements Closeable {

  /**
   * What a modality has to take.
   *
   * @param sopClass a SOP Class UID
   * @param syntax the UID of a transfer syntax
   */
  record Need(String sopClass, String syntax) {}

  /**
   * Looks into a file.
   *
   * @throws org.ithil.dicom.io.DicomFormatException if it is no DICOM
   */
  public static Outgoing of(ByteSource bytes, ReadOptions reading, Runnable release)
      throws IOException {
    DicomFile file = DicomReader.readFile(bytes, reading.stoppingBeforePixelData());
    return new Outgoing(
        uid(file.dataSet(), Tag.SOPClassUID).orElse(""),
        uid(file.dataSet(), Tag.SOPInstanceUID).orElse(""),
        file.transferSyntax(),
        file.dataSetOffset(),
        bytes,
        reading,
        release);
  }

  private static Optional<String> uid(DataSet dataSet, int tag) {
    return dataSet.ascii(tag).map(Outgoing::stripped);
  }

  /** Without padding. */
  private static String stripped(String uid) {
    int end = uid.length();
    while (end > 0 && uid.charAt(end - 1) <= ' ') {
      end--;
    }
    return uid.substring(0, end).stripLeading();
  }

  /** Whether it can be named in a request. */
  public boolean isIdentified() {
    return !sopClass.isEmpty() && !sopInstance.isEmpty();
  }

  Need need() {
    return new Need(sopClass, syntax.uid());
  }

  /** Its data set as it is. */
  DataSetBody asItIs() {
    return out -> bytes.copyTo(offset, bytes.size() - offset, out);
  }

  /** Its data set in another encoding; both of them without compressed pixels. */
  DataSetBody in(TransferSyntax wanted) throws IOException {
    DicomFile file = DicomReader.readFile(bytes, reading);
    return out -> DicomWriter.writeDataSet(file.dataSet(), wanted, file.values(), out);
  }

  @Override
  public void close() {
    release.run();
  }
}
