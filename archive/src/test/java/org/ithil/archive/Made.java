package org.ithil.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;

/** Small DICOM files made for tests. */
public final class Made {
  private final DataSet.Builder dataSet = new DataSet.Builder();

  private Made() {}

  /** An instance of a patient, with UIDs made of numbers. */
  public static Made instance(String patient, int study, int series, int number) {
    return new Made()
        .with(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
        .with(Tag.SOPInstanceUID, "1.2." + study + "." + series + "." + number)
        .with(Tag.PatientID, patient)
        .with(Tag.PatientName, "Name^" + patient)
        .with(Tag.StudyInstanceUID, "1.2." + study)
        .with(Tag.SeriesInstanceUID, "1.2." + study + "." + series)
        .with(Tag.Modality, "OT")
        .with(Tag.InstanceNumber, Integer.toString(number));
  }

  /** Text in UTF-8, in the representation of the dictionary. */
  public Made with(int tag, String text) {
    return with(tag, Dictionary.vrOf(tag), text.getBytes(StandardCharsets.UTF_8));
  }

  public Made with(int tag, Vr vr, byte[] bytes) {
    byte[] even = bytes.length % 2 == 0 ? bytes : java.util.Arrays.copyOf(bytes, bytes.length + 1);
    if (bytes.length % 2 != 0) {
      even[bytes.length] = vr.padding();
    }
    dataSet.put(new Element(tag, vr, new Value.Bytes(even)));
    return this;
  }

  /** A sequence of one item. */
  public Made with(int tag, DataSet item) {
    dataSet.put(new Element(tag, Vr.SQ, new Value.Items(java.util.List.of(item))));
    return this;
  }

  public Made without(int tag) {
    dataSet.remove(tag);
    return this;
  }

  /** Pixels of so many bytes, all of one value. */
  public Made withPixels(int length, int value) {
    byte[] pixels = new byte[length];
    java.util.Arrays.fill(pixels, (byte) value);
    with(Tag.BitsAllocated, Vr.US, new byte[] {8, 0});
    return with(Tag.PixelData, Vr.OB, pixels);
  }

  /** The whole file, explicit little endian. */
  public byte[] bytes() {
    return bytes("1.2.840.10008.1.2.1");
  }

  /** The whole file in a transfer syntax. */
  public byte[] bytes(String syntax) {
    byte[] uid = syntax.getBytes(StandardCharsets.US_ASCII);
    Value value = new Value.Bytes(java.util.Arrays.copyOf(uid, uid.length + uid.length % 2));
    DataSet meta = DataSet.of(java.util.List.of(new Element(Tag.TransferSyntaxUID, Vr.UI, value)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomWriter.writeFile(meta, dataSet.build(), ByteSource.of(new byte[0]), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
