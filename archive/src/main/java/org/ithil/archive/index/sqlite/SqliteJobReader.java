package org.ithil.archive.index.sqlite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobReader;
import org.ithil.archive.job.JobState;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the rows of jobs. */
class SqliteJobReader implements JobReader {
  static final String JOB =
      "SELECT number, id, type, system, priority, created, seed, user_data, state, asked, progress,"
          + " runtime, checkpoint, content, error, details, payload, completed, retry_at FROM job";

  private static final JobState.Action[] ASKED = {JobState.Action.PAUSE, JobState.Action.CANCEL};
  private static final JsonReader JSON = new JsonReader(Integer.MAX_VALUE - 8);

  final Session session;

  SqliteJobReader(Session session) {
    this.session = session;
  }

  static int asked(Optional<JobState.Action> action) {
    return action.map(a -> List.of(ASKED).indexOf(a) + 1).orElse(0);
  }

  @Override
  public Optional<Job> job(UUID id) {
    return session.one(JOB + " WHERE id = ?", SqliteJobReader::read, (Object) Session.bytes(id));
  }

  @Override
  public List<UUID> ids(long after) {
    return session.list(
        "SELECT id FROM job WHERE system = 0 AND number > ? ORDER BY id",
        row -> Session.uuid(row.getBytes(1)),
        after);
  }

  @Override
  public Map<JobState, Long> counts(long after) {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    session
        .list(
            "SELECT state, count(*) FROM job WHERE system = 0 AND number > ? GROUP BY state",
            row -> Map.entry(JobState.values()[row.getInt(1)], row.getLong(2)),
            after)
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  @Override
  public Optional<JobOutput> output(UUID job, String name) {
    return session.one(
        "SELECT o.name, o.media_type, o.filename, a.uuid, a.size FROM job_output o"
            + " JOIN attachment a ON a.owner = o.job AND a.type = o.type"
            + " WHERE o.job = (SELECT number FROM job WHERE id = ?) AND o.name = ?",
        row ->
            new JobOutput(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Session.uuid(row.getBytes(4)),
                row.getLong(5)),
        Session.bytes(job),
        name);
  }

  @Override
  public boolean isOutput(UUID blob) {
    return session.number(
            "SELECT 1 FROM job_output o JOIN attachment a ON a.owner = o.job AND a.type = o.type"
                + " WHERE a.uuid = ? LIMIT 1",
            (Object) Session.bytes(blob))
        != null;
  }

  @Override
  public boolean hasWork(String owner, boolean isSystem, long after, Instant now) {
    return session.number(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM job WHERE state = 0 AND system = ?1"
                + " AND number > ?2 AND (owner IS NULL OR owner = ?3))"
                + " OR EXISTS (SELECT 1 FROM job WHERE owner IS NOT NULL AND lease < ?4)"
                + " OR EXISTS (SELECT 1 FROM job WHERE state = 5 AND retry_at <= ?4)",
            isSystem ? 1 : 0,
            after,
            owner,
            now.toEpochMilli())
        != null;
  }

  @Override
  public boolean isWaiting(UUID id, String owner) {
    return session.number(
            "SELECT 1 FROM job WHERE id = ? AND state = 0 AND owner = ?", Session.bytes(id), owner)
        != null;
  }

  @Override
  public boolean isUnderway(String type) {
    return session.number("SELECT 1 FROM job WHERE finished IS NULL AND type = ? LIMIT 1", type)
        != null;
  }

  @Override
  public long lastNumber() {
    Long last = session.number("SELECT max(number) FROM job");
    return last == null ? 0 : last;
  }

  static Job read(ResultSet row) throws SQLException {
    int asked = row.getInt(10);
    int error = row.getInt(15);
    return new Job(
        Session.uuid(row.getBytes(2)),
        row.getLong(1),
        new Job.Request(
            row.getString(3),
            row.getInt(4) != 0,
            row.getInt(5),
            members(row.getString(7)),
            Optional.ofNullable(row.getString(8)).map(SqliteJobReader::json),
            Instant.ofEpochMilli(row.getLong(6))),
        new Job.Status(
            JobState.values()[row.getInt(9)],
            asked == 0 ? Optional.empty() : Optional.of(ASKED[asked - 1]),
            new Job.Reached(
                row.getDouble(11),
                Duration.ofMillis(row.getLong(12)),
                json(row.getString(13)),
                members(row.getString(14))),
            error == 0
                ? Optional.empty()
                : Optional.of(
                    new JobFailure(
                        error,
                        row.getString(16),
                        Optional.ofNullable(row.getString(17)).map(SqliteJobReader::json))),
            instant(row, 18),
            instant(row, 19)));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    @Nullable Long millis = SqliteReader.nullable(row, column);
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }

  private static JsonValue.Members members(String text) {
    return (JsonValue.Members) json(text);
  }

  private static JsonValue json(String text) {
    try {
      return JSON.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("a document in the index is damaged", e);
    }
  }
}
