package org.ithil.archive.index.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobWriter;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Attachment;
import org.jspecify.annotations.Nullable;

/** Writes the rows of jobs. */
final class SqliteJobWriter extends SqliteJobReader implements JobWriter {
  private static final String INSERT =
      "INSERT INTO job (number, id, type, system, transient, priority, created, seed, user_data,"
          + " state, asked, progress, runtime, checkpoint, content, error, details, owner,"
          + " lease) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, 0, '', ?, ?)";
  private static final String UPDATE =
      "UPDATE job SET state = ?1, asked = CASE WHEN ?1 = 1 THEN max(asked, ?2) ELSE ?2 END,"
          + " progress = ?, runtime = ?, checkpoint = ?, content = ?, error = ?, details = ?,"
          + " payload = ?, completed = ?, retry_at = ?, finished = ?";
  private static final String FREE = ", owner = NULL, lease = NULL";

  private final SqliteWriter writer;
  private final Totals totals;

  SqliteJobWriter(SqliteWriter writer, Totals totals) {
    super(writer.session);
    this.writer = writer;
    this.totals = totals;
  }

  @Override
  public Job add(Job job, boolean isTransient, Optional<Lease> lease) {
    Job numbered = new Job(job.id(), totals.nextKey(), job.request(), job.status());
    Job.Request request = job.request();
    session.update(
        INSERT,
        numbered.number(),
        Session.bytes(job.id()),
        request.type(),
        request.isSystem() ? 1 : 0,
        isTransient ? 1 : 0,
        request.priority(),
        request.created().toEpochMilli(),
        text(request.seed()),
        request.userData().map(SqliteJobWriter::text).orElse(null),
        text(job.status().checkpoint()),
        text(job.status().content()),
        lease.map(Lease::owner).orElse(null),
        lease.map(l -> l.until().toEpochMilli()).orElse(null));
    return numbered;
  }

  @Override
  public void set(UUID id, Job.Status status) {
    boolean leased = status.state() == JobState.PENDING || status.state() == JobState.RUNNING;
    int rows =
        session.update(
            UPDATE + (leased ? "" : FREE) + " WHERE id = ?",
            status.state().ordinal(),
            asked(status.asked()),
            status.progress(),
            status.runtime().toMillis(),
            text(status.checkpoint()),
            text(status.content()),
            status.failure().map(failure -> failure.code()).orElse(0),
            status.failure().map(failure -> failure.details()).orElse(""),
            status
                .failure()
                .flatMap(failure -> failure.payload())
                .map(SqliteJobWriter::text)
                .orElse(null),
            millis(status.completed()),
            millis(status.retryAt()),
            status.state().isFinal() ? (Long) totals.nextKey() : null,
            Session.bytes(id));
    if (rows == 0) {
      throw new NoSuchElementException("job " + id);
    }
  }

  private static @Nullable Long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }

  @Override
  public boolean isLeased(UUID id, String owner) {
    return session.number("SELECT 1 FROM job WHERE id = ? AND owner = ?", Session.bytes(id), owner)
        != null;
  }

  @Override
  public List<Job> lease(Lease lease, boolean isSystem, long after, Instant now, int limit) {
    session.update(
        "UPDATE job SET state = 0" + FREE + " WHERE owner IS NOT NULL AND lease < ?",
        now.toEpochMilli());
    session.update(
        "UPDATE job SET state = 0, retry_at = NULL WHERE state = 5 AND retry_at <= ?",
        now.toEpochMilli());
    List<Job> next =
        session.list(
            JOB
                + " WHERE state = 0 AND system = ? AND number > ? AND (owner IS NULL OR owner = ?)"
                + " ORDER BY priority DESC, number LIMIT ?",
            SqliteJobReader::read,
            isSystem ? 1 : 0,
            after,
            lease.owner(),
            limit);
    for (Job job : next) {
      session.update(
          "UPDATE job SET owner = ?, lease = ? WHERE number = ?",
          lease.owner(),
          lease.until().toEpochMilli(),
          job.number());
    }
    return next;
  }

  @Override
  public void renew(Lease lease) {
    session.update(
        "UPDATE job SET lease = ? WHERE owner = ?", lease.until().toEpochMilli(), lease.owner());
  }

  @Override
  public void release(String owner) {
    session.update("UPDATE job SET state = 0" + FREE + " WHERE owner = ?", owner);
  }

  @Override
  public void delete(UUID id) {
    @Nullable Long number =
        session.number("SELECT number FROM job WHERE id = ?", (Object) Session.bytes(id));
    if (number != null) {
      delete(number);
    }
  }

  private void delete(long number) {
    session
        .list("SELECT name FROM job_output WHERE job = ?", row -> row.getString(1), number)
        .forEach(name -> removeOutput(number, name));
    session.update("DELETE FROM job WHERE number = ?", number);
  }

  @Override
  public void forgetFinished(int keep, long after) {
    session
        .list(
            "SELECT number FROM job WHERE finished IS NOT NULL AND number > ? ORDER BY finished"
                + " DESC LIMIT -1 OFFSET ?",
            row -> row.getLong(1),
            after,
            keep)
        .forEach(this::delete);
  }

  @Override
  public void forgetTransient() {
    session
        .list("SELECT number FROM job WHERE transient = 1", row -> row.getLong(1))
        .forEach(this::delete);
  }

  @Override
  public void addOutput(UUID job, JobOutput output) {
    long number = number(job);
    removeOutput(number, output.name());
    Long last = session.number("SELECT max(type) FROM job_output WHERE job = ?", number);
    int type = last == null ? 1 : (int) (last + 1);
    writer.insertAttachment(
        number,
        new Attachment(
            type,
            output.blob(),
            output.size(),
            output.size(),
            Attachment.Compression.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0));
    session.update(
        "INSERT INTO job_output (job, name, type, media_type, filename, used)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        number,
        output.name(),
        type,
        output.mediaType(),
        output.filename(),
        totals.nextKey());
  }

  @Override
  public void discard(JobOutput output) {
    if (!isOutput(output.blob())) {
      session.update(
          "INSERT OR IGNORE INTO removal VALUES (?)", (Object) Session.bytes(output.blob()));
    }
  }

  private long number(UUID job) {
    Long number =
        session.number("SELECT number FROM job WHERE id = ?", (Object) Session.bytes(job));
    if (number == null) {
      throw new NoSuchElementException("job " + job);
    }
    return number;
  }

  @Override
  public void useOutput(UUID job, String name) {
    session.update(
        "UPDATE job_output SET used = ? WHERE job = ? AND name = ?",
        totals.nextKey(),
        number(job),
        name);
  }

  @Override
  public boolean removeOutput(UUID job, String name) {
    return removeOutput(number(job), name);
  }

  private boolean removeOutput(long job, String name) {
    Long type = session.number("SELECT type FROM job_output WHERE job = ? AND name = ?", job, name);
    if (type == null) {
      return false;
    }
    session.update(
        "INSERT OR IGNORE INTO removal SELECT uuid FROM attachment WHERE owner = ? AND type = ?",
        job,
        type);
    session.update("DELETE FROM attachment WHERE owner = ? AND type = ?", job, type);
    session.update("DELETE FROM job_output WHERE job = ? AND name = ?", job, name);
    return true;
  }

  @Override
  public void forgetOutputs(int keep) {
    record Key(long job, String name) {}

    List<Key> oldest =
        new ArrayList<>(
            session.list(
                "SELECT job, name FROM job_output ORDER BY used DESC LIMIT -1 OFFSET ?",
                row -> new Key(row.getLong(1), row.getString(2)),
                keep));
    oldest.forEach(key -> removeOutput(key.job, key.name));
  }

  private static String text(JsonValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonWriter json = new JsonWriter(out, "")) {
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
