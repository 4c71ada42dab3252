package org.ithil.archive.index.sqlite;

import java.util.List;
import org.ithil.archive.index.IndexReader.SeriesFile;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;

/** Reads what is wanted of all DICOM files of a series, in one query. */
final class SeriesFiles {
  private static final String FILES =
      "SELECT id, tags, facts, dicom_size FROM instance WHERE parent = ?";

  private SeriesFiles() {}

  static List<SeriesFile> of(Session session, long series) {
    return session.list(
        FILES,
        row ->
            new SeriesFile(
                ResourceId.of(row.getBytes(1)),
                Documents.find(row.getBytes(2), Tag.InstanceNumber),
                Documents.find(row.getBytes(3), Metadata.TRANSFER_SYNTAX).map(String::intern),
                row.getLong(4)),
        series);
  }
}
