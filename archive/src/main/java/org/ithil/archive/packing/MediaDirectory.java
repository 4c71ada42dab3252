package org.ithil.archive.packing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.directory.DirectoryWriter;
import org.ithil.dicom.directory.RecordKind;
import org.ithil.dicom.uid.UidGenerator;
import org.jspecify.annotations.Nullable;

/** The DICOMDIR of a medium while it grows, and the places of its files. */
final class MediaDirectory {
  static final String NAME = "DICOMDIR";
  private static final String FILE_SET = "ORTHANC_MEDIA";
  private static final String FOLDER = "IMAGES";

  /** A part of a file ID has eight characters at most, PS3.10 8.5: "IM" and six digits. */
  private static final long IN_FOLDER = 1_000_000;

  private final DirectoryWriter writer;
  private @Nullable ResourceId patient;
  private @Nullable ResourceId study;
  private @Nullable ResourceId series;
  private long files;

  MediaDirectory() throws IOException {
    writer = new DirectoryWriter(FILE_SET, new UidGenerator(new SecureRandom()).next());
  }

  /** Adds a file; returns its path. */
  String add(Plan.Part part, Records records) throws IOException {
    if (!part.patient().equals(patient)) {
      patient = part.patient();
      writer.add(RecordKind.PATIENT, records.patient(), records.values());
    }
    if (!part.study().equals(study)) {
      study = part.study();
      writer.add(RecordKind.STUDY, records.study(), records.values());
    }
    if (!part.series().equals(series)) {
      series = part.series();
      writer.add(RecordKind.SERIES, records.series(), records.values());
    }
    String folder = FOLDER + (files < IN_FOLDER ? "" : files / IN_FOLDER);
    String name = "IM" + files % IN_FOLDER;
    files++;
    writer.add(
        records.kind(),
        records.instance(),
        records.values(),
        new DirectoryWriter.Reference(
            folder + '\\' + name,
            records.sopClassUid(),
            records.sopInstanceUid(),
            records.transferSyntaxUid()));
    return folder + '/' + name;
  }

  /** The file. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(writer.size());
    writer.writeTo(bytes);
    return bytes.toByteArray();
  }
}
