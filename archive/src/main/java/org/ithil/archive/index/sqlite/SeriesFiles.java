package org.ithil.archive.index.sqlite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.archive.index.IndexReader.SeriesFile;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;

/** Reads what is wanted of all DICOM files of a series, in one query. */
final class SeriesFiles {
  private static final String FILES =
      "SELECT i.id, i.tags, i.facts, a.size FROM instance i JOIN attachment a"
          + " ON a.owner = i.key AND a.type = "
          + Attachment.DICOM
          + " WHERE i.parent = ?";

  private SeriesFiles() {}

  static List<SeriesFile> of(Session session, long series) {
    return session.list(
        FILES,
        row -> {
          Map<Integer, String> tags = Documents.read(row.getBytes(2));
          Map<Integer, String> facts = Documents.read(row.getBytes(3));
          return new SeriesFile(
              ResourceId.of(row.getBytes(1)),
              Optional.ofNullable(tags.get(Tag.InstanceNumber)),
              Optional.ofNullable(facts.get(Metadata.TRANSFER_SYNTAX)).map(String::intern),
              row.getLong(4));
        },
        series);
  }
}
