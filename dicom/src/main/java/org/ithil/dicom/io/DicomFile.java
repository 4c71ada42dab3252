package org.ithil.dicom.io;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.encoding.TransferSyntax;

/**
 * What was read of a file of PS3.10 7, or of a bare data set.
 *
 * @param meta the File Meta Information, group 0002; empty for a bare data set
 * @param dataSet the data set
 * @param transferSyntax how the data set is encoded: as the meta information says, or guessed for a
 *     bare data set
 * @param dataSetOffset where the data set starts in the file
 * @param pixelDataOffset where the tag of the outermost Pixel Data element (7FE0,0008/0009/0010)
 *     starts in the file; empty if there is none or the data set is deflated
 * @param pixelDataTag the tag of that element, also of a deflated data set: the first one in the
 *     file, before which a reading may have stopped; empty if there is none
 * @param values where {@code Value.Located} values lie: the file, or for a deflated one its
 *     inflated data set
 * @param inOrder whether the elements came in ascending order of their tags, each once, in items
 *     too
 */
public record DicomFile(
    DataSet meta,
    DataSet dataSet,
    TransferSyntax transferSyntax,
    long dataSetOffset,
    OptionalLong pixelDataOffset,
    OptionalInt pixelDataTag,
    ByteSource values,
    boolean inOrder) {
  /** The same, with values that lie elsewhere. */
  public DicomFile withValues(ByteSource elsewhere) {
    return new DicomFile(
        meta,
        dataSet,
        transferSyntax,
        dataSetOffset,
        pixelDataOffset,
        pixelDataTag,
        elsewhere,
        inOrder);
  }

  /** The same with another data set, whose values lie where those of this one do. */
  public DicomFile withDataSet(DataSet other) {
    return new DicomFile(
        meta, other, transferSyntax, dataSetOffset, pixelDataOffset, pixelDataTag, values, inOrder);
  }
}
