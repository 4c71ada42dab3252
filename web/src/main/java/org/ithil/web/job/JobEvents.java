package org.ithil.web.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.json.JsonWriter;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * {@code /jobs/{id}/events}: how a job stands, now and whenever that changes, as server-sent events
 * (WHATWG HTML 9.2) with the same JSON as {@code /jobs/{id}}. The stream ends with the job.
 */
final class JobEvents {
  /** A comment after so many seconds of silence shows that the connection lives. */
  private static final int SILENCE = 15;

  private final Jobs jobs;
  private final Clock clock;

  JobEvents(Jobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  Answer answer(Request request) {
    Optional<UUID> id = JobRoutes.id(request).filter(job -> jobs.job(job).isPresent());
    if (id.isEmpty()) {
      return Answer.empty(404);
    }
    return Answer.live(out -> write(id.get(), out), "text/event-stream")
        .with("Cache-Control", "no-cache");
  }

  private void write(UUID id, OutputStream out) throws IOException {
    BlockingQueue<Job> news = new LinkedBlockingQueue<>();
    Runnable end =
        jobs.listen(job -> {
          if (job.id().equals(id)) {
            news.add(job);
          }
        });
    try {
      @Nullable Job job = jobs.job(id).orElse(null);
      while (job != null) {
        send(out, job);
        if (job.status().state().isFinal()) {
          return;
        }
        job = next(id, news, out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.run();
    }
  }

  /** The next news; null if the job is forgotten. */
  private @Nullable Job next(UUID id, BlockingQueue<Job> news, OutputStream out)
      throws IOException, InterruptedException {
    while (true) {
      Job job = news.poll(SILENCE, TimeUnit.SECONDS);
      if (job != null) {
        return job;
      }
      if (jobs.job(id).isEmpty()) {
        return null;
      }
      out.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private void send(OutputStream out, Job job) throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(event, "")) {
      new JobJson(job, clock.instant()).write(json);
    }
    // A line of its own for each line of the document.
    String data = event.toString(StandardCharsets.US_ASCII).replace("\n", "\ndata: ");
    out.write(("event: job\ndata: " + data + "\n\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
