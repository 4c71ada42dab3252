package org.ithil.archive.index.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.index.IndexReader.SeriesFile;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;

/** Reads what is wanted of all DICOM files of a series, in one query. */
final class SeriesFiles {
  private static final String FILES =
      "SELECT id, tags, facts, dicom_size FROM instance WHERE parent = ?";

  /** Most files of a series have the same: one text serves them all. */
  private Optional<String> last = Optional.empty();

  private SeriesFiles() {}

  static List<SeriesFile> of(Session session, long series) {
    SeriesFiles files = new SeriesFiles();
    return session.list(FILES, files::file, series);
  }

  private SeriesFile file(ResultSet row) throws SQLException {
    Optional<String> syntax = Documents.find(row.getBytes(3), Metadata.TRANSFER_SYNTAX);
    if (!syntax.equals(last)) {
      last = syntax;
    }
    return new SeriesFile(
        ResourceId.of(row.getBytes(1)),
        Documents.find(row.getBytes(2), Tag.InstanceNumber),
        last,
        row.getLong(4));
  }
}
