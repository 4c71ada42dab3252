package org.ithil.archive.index.sqlite;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.index.NewInstance;
import org.ithil.archive.index.SearchText;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource.SeriesStatus;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Adds an instance with those of its parents that are missing. */
final class SqliteAddition {
  private final SqliteWriter writer;
  private final Session session;
  private final Totals totals;
  private final Map<String, Long> signatures = new HashMap<>();
  private boolean refreshing;

  SqliteAddition(SqliteWriter writer, Totals totals) {
    this.writer = writer;
    this.session = writer.session;
    this.totals = totals;
  }

  /** Forgets what was interned in a transaction that was rolled back. */
  void forget() {
    signatures.clear();
    refreshing = false;
  }

  /** Parents that are empty now shall get their tags from the next instance. */
  void refreshEmpty() {
    refreshing = true;
  }

  /** The keys of an instance and its parents. */
  private record Keys(long patient, long study, long series, long instance) {}

  /** Returns the levels of the parents that were made. */
  Set<Level> add(NewInstance instance) {
    Set<Level> created = EnumSet.noneOf(Level.class);
    if (refreshing) {
      refresh(instance);
      refreshing = false;
    }
    long patient = parent(Level.PATIENT, null, instance, created);
    long study = parent(Level.STUDY, patient, instance, created);
    long series = parent(Level.SERIES, study, instance, created);
    Keys keys = new Keys(patient, study, series, insert(Level.INSTANCE, series, instance));
    attach(instance, keys, created);
    log(instance, keys, created);
    return created;
  }

  private long parent(Level level, @Nullable Long above, NewInstance instance, Set<Level> created) {
    Long key = writer.key(level, instance.lineage().at(level));
    if (key != null) {
      return key;
    }
    created.add(level);
    return insert(level, above, instance);
  }

  private void refresh(NewInstance instance) {
    for (Level level : List.of(Level.PATIENT, Level.STUDY, Level.SERIES)) {
      ResourceId id = instance.lineage().at(level);
      Long empty =
          session.number(
              "SELECT key FROM " + Table.of(level).table() + " WHERE id = ? AND instances = 0",
              (Object) id.bytes());
      if (empty != null) {
        setTags(level, id, tags(instance, level), instance.signatures().getOrDefault(level, ""));
        if (level == Level.STUDY) {
          setPatientTags(id, tags(instance, Level.PATIENT));
        }
      }
    }
  }

  /** Writes the main tags of a resource anew, with all that is made of them. */
  boolean setTags(Level level, ResourceId id, Map<Integer, String> tags, String signature) {
    Table table = Table.of(level);
    List<Object> values = new ArrayList<>();
    values.add(Documents.write(tags));
    values.add(signature(signature));
    StringBuilder set = new StringBuilder("tags = ?, signature = ?");
    for (Table.Search search : table.searches()) {
      set.append(", ").append(search.column()).append(" = ?");
      values.add(SearchText.normalise(tags.getOrDefault(search.tag(), "")));
    }
    values.add(id.bytes());
    int rows =
        session.update(
            "UPDATE " + table.table() + " SET " + set + " WHERE id = ?", values.toArray());
    return rows > 0;
  }

  boolean setPatientTags(ResourceId study, Map<Integer, String> tags) {
    int rows =
        session.update(
            "UPDATE study SET patient_tags = ? WHERE id = ?", Documents.write(tags), study.bytes());
    return rows > 0;
  }

  private static Map<Integer, String> tags(NewInstance instance, Level level) {
    return instance.mainTags().getOrDefault(level, Map.of());
  }

  private long insert(Level level, @Nullable Long parent, NewInstance instance) {
    long key = totals.nextKey();
    Map<Integer, String> tags = tags(instance, level);
    Map<Integer, String> facts =
        new LinkedHashMap<>(instance.metadata().getOrDefault(level, Map.of()));
    Table table = Table.of(level);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(key);
    values.add(instance.lineage().at(level).bytes());
    values.add(Documents.write(tags));
    long received = instance.received().toEpochMilli();
    String sql =
        switch (level) {
          case PATIENT -> {
            values.add(0L);
            values.add(0L);
            yield table.insert("key", "id", "tags", "touched", "updated", "facts", "signature");
          }
          case STUDY -> {
            values.add(parent);
            values.add(received);
            values.add(Documents.write(tags(instance, Level.PATIENT)));
            yield table.insert(
                "key", "id", "tags", "parent", "updated", "patient_tags", "facts", "signature");
          }
          case SERIES -> {
            values.add(parent);
            values.add(received);
            values.add(number(facts.remove(Metadata.EXPECTED_NUMBER_OF_INSTANCES)));
            yield table.insert(
                "key", "id", "tags", "parent", "updated", "expected", "facts", "signature");
          }
          case INSTANCE -> {
            values.add(parent);
            values.add(number(facts.remove(Metadata.INDEX_IN_SERIES)));
            yield table.insert("key", "id", "tags", "parent", "number", "facts", "signature");
          }
        };
    values.add(Documents.write(facts));
    values.add(signature(instance.signatures().getOrDefault(level, "")));
    for (Table.Search search : table.searches()) {
      values.add(SearchText.normalise(tags.getOrDefault(search.tag(), "")));
    }
    session.update(sql, values.toArray());
    return key;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  private long signature(String text) {
    Long key = signatures.get(text);
    if (key == null) {
      session.update("INSERT OR IGNORE INTO signature (text) VALUES (?)", text);
      key = session.number("SELECT key FROM signature WHERE text = ?", text);
      if (key == null) {
        throw new IllegalStateException("signature was not kept");
      }
      signatures.put(text, key);
    }
    return key;
  }

  private void attach(NewInstance instance, Keys keys, Set<Level> created) {
    Statistics sizes = Statistics.NONE;
    for (Attachment attachment : instance.attachments()) {
      writer.insertAttachment(keys.instance(), attachment);
      Statistics more = SqliteWriter.sizes(attachment);
      sizes =
          new Statistics(
              0,
              0,
              0,
              0,
              sizes.diskSize() + more.diskSize(),
              sizes.uncompressedSize() + more.uncompressedSize(),
              sizes.dicomDiskSize() + more.dicomDiskSize(),
              sizes.dicomUncompressedSize() + more.dicomUncompressedSize());
    }
    long studies = created.contains(Level.STUDY) ? 1 : 0;
    long series = created.contains(Level.SERIES) ? 1 : 0;
    long received = instance.received().toEpochMilli();
    long stableAt = instance.stableAt().toEpochMilli();
    session.update(
        "UPDATE instance SET stored = ?, size = ?, dicom_stored = ?, dicom_size = ? WHERE key = ?",
        sizes.diskSize(),
        sizes.uncompressedSize(),
        sizes.dicomDiskSize(),
        sizes.dicomUncompressedSize(),
        keys.instance());
    String grow =
        ", instances = instances + 1, stored = stored + ?3, size = size + ?4,"
            + " dicom_stored = dicom_stored + ?5, dicom_size = dicom_size + ?6";
    session.update(
        "UPDATE series SET updated = ?1, stable_at = ?2" + grow + " WHERE key = ?7",
        received,
        stableAt,
        sizes.diskSize(),
        sizes.uncompressedSize(),
        sizes.dicomDiskSize(),
        sizes.dicomUncompressedSize(),
        keys.series());
    session.update(
        "UPDATE study SET updated = ?1, stable_at = ?2"
            + grow
            + ", series = series + ?8 WHERE key = ?7",
        received,
        stableAt,
        sizes.diskSize(),
        sizes.uncompressedSize(),
        sizes.dicomDiskSize(),
        sizes.dicomUncompressedSize(),
        keys.study(),
        series);
    session.update(
        "UPDATE patient SET updated = ?1, stable_at = ?2"
            + grow
            + ", series = series + ?8, studies = studies + ?9, touched = ?10 WHERE key = ?7",
        received,
        stableAt,
        sizes.diskSize(),
        sizes.uncompressedSize(),
        sizes.dicomDiskSize(),
        sizes.dicomUncompressedSize(),
        keys.patient(),
        series,
        studies,
        keys.instance());
    session.update(
        "INSERT OR IGNORE INTO unstable (owner, level) VALUES (?, ?), (?, ?), (?, ?)",
        keys.series(),
        Level.SERIES.ordinal(),
        keys.study(),
        Level.STUDY.ordinal(),
        keys.patient(),
        Level.PATIENT.ordinal());
    totals.add(
        new Statistics(
            created.contains(Level.PATIENT) ? 1 : 0,
            studies,
            series,
            1,
            sizes.diskSize(),
            sizes.uncompressedSize(),
            sizes.dicomDiskSize(),
            sizes.dicomUncompressedSize()),
        1);
  }

  private void log(NewInstance instance, Keys keys, Set<Level> created) {
    long date = instance.received().toEpochMilli();
    writer.logChange(ChangeType.NEW_INSTANCE, Level.INSTANCE, keys.instance(), date);
    if (created.contains(Level.SERIES)) {
      writer.logChange(ChangeType.NEW_SERIES, Level.SERIES, keys.series(), date);
    }
    if (created.contains(Level.STUDY)) {
      writer.logChange(ChangeType.NEW_STUDY, Level.STUDY, keys.study(), date);
    }
    if (created.contains(Level.PATIENT)) {
      writer.logChange(ChangeType.NEW_PATIENT, Level.PATIENT, keys.patient(), date);
    }
    long series = keys.series();
    // With fewer it cannot be complete, with more it is inconsistent: only now a look is worth it.
    Long expected =
        session.number(
            "SELECT expected FROM series WHERE key = ? AND expected = instances", series);
    if (writer.status(series, expected) == SeriesStatus.COMPLETE) {
      writer.logChange(ChangeType.COMPLETED_SERIES, Level.SERIES, series, date);
    }
  }
}
