package org.ithil.archive.packing;

import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.directory.RecordKeys;
import org.ithil.dicom.directory.RecordKind;
import org.ithil.dicom.io.DicomFile;

/**
 * What a DICOMDIR says of one file, and of what is above it.
 *
 * @param kind of the record of the instance
 * @param values where located values lie
 */
record Records(
    DataSet patient,
    DataSet study,
    DataSet series,
    RecordKind kind,
    DataSet instance,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    ByteSource values) {
  static Records of(DicomFile file, boolean extended) {
    DataSet header = file.dataSet();
    String sopClass = uid(header, Tag.SOPClassUID);
    RecordKind kind = RecordKind.of(sopClass);
    return new Records(
        RecordKeys.of(RecordKind.PATIENT, header, extended),
        RecordKeys.of(RecordKind.STUDY, header, extended),
        RecordKeys.of(RecordKind.SERIES, header, extended),
        kind,
        RecordKeys.of(kind, header, extended),
        sopClass,
        uid(header, Tag.SOPInstanceUID),
        file.transferSyntax().uid(),
        file.values());
  }

  private static String uid(DataSet header, int tag) {
    return header.ascii(tag).map(String::strip).orElse("");
  }
}
