package org.ithil.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFormatException.Problem;

/**
 * Writes DICOM files and data sets. Values longer than memory allows are copied from their source
 * piece by piece. Streams are flushed, not closed.
 */
public final class DicomWriter {
  private static final byte[] MAGIC = {'D', 'I', 'C', 'M'};

  private DicomWriter() {}

  /**
   * Writes preamble, "DICM", the File Meta Information and the data set. Elements of group 0002 in
   * the data set and of other groups in the meta information are left out.
   *
   * @param meta elements of group 0002; the group length is computed, (0002,0010) gives the
   *     transfer syntax; see {@link FileMeta}
   * @param values where located values of the data set lie
   * @throws DicomFormatException if the transfer syntax is missing, or a value too long for DICOM
   */
  public static void writeFile(DataSet meta, DataSet dataSet, ByteSource values, OutputStream out)
      throws IOException {
    TransferSyntax syntax = writeMeta(meta, out);
    writeDataSet(ofGroup2(dataSet, false), syntax, values, out);
  }

  /**
   * Writes preamble, "DICM" and the File Meta Information: what is in front of the data set.
   *
   * @param meta as for {@link #writeFile}
   * @return how the data set is to be encoded
   * @throws DicomFormatException if the transfer syntax is missing
   */
  public static TransferSyntax writeMeta(DataSet meta, OutputStream out) throws IOException {
    String uid = meta.ascii(FileMeta.TRANSFER_SYNTAX_UID).map(String::strip).orElse("");
    if (uid.isEmpty()) {
      throw new DicomFormatException(
          Problem.MALFORMED,
          "Meta information without transfer syntax",
          0,
          FileMeta.TRANSFER_SYNTAX_UID);
    }
    out.write(new byte[128]);
    out.write(MAGIC);
    DataSetEmitter emitter =
        new DataSetEmitter(TransferSyntax.EXPLICIT_LE, ByteSource.of(new byte[0]), out);
    emitter.groupWithLength(ofGroup2(meta, true));
    emitter.flush();
    return TransferSyntax.of(uid);
  }

  /**
   * Writes a data set alone: explicit lengths for sequences and items, odd values padded, group
   * lengths left out.
   *
   * @throws DicomFormatException if a value is too long for DICOM
   */
  public static void writeDataSet(
      DataSet dataSet, TransferSyntax syntax, ByteSource values, OutputStream out)
      throws IOException {
    if (!syntax.deflated()) {
      DataSetEmitter emitter = new DataSetEmitter(syntax, values, out);
      emitter.dataSet(dataSet);
      emitter.flush();
      out.flush();
      return;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater, 8 << 10);
      DataSetEmitter emitter = new DataSetEmitter(syntax, values, deflating);
      emitter.dataSet(dataSet);
      emitter.flush();
      deflating.finish();
      if (deflater.getBytesWritten() % 2 != 0) {
        out.write(0);
      }
      out.flush();
    } finally {
      deflater.end();
    }
  }

  private static DataSet ofGroup2(DataSet dataSet, boolean inside) {
    DataSet.Builder chosen = dataSet.toBuilder();
    for (Element element : dataSet) {
      if (Tags.group(element.tag()) == 0x0002 != inside) {
        chosen.remove(element.tag());
      }
    }
    return chosen.build();
  }
}
