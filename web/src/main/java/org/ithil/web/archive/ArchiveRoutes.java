package org.ithil.web.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.packing.Packing;
import org.ithil.archive.resource.Level;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;

/** Archives and media. All of them are jobs; the synchronous ones leave no output. */
public final class ArchiveRoutes {
  private final Spool spool;
  private final Jobs jobs;
  private final JobCalls calls;
  private final Packing packing;
  private final ArchiveRequests requests;

  public ArchiveRoutes(Archive archive, Jobs jobs, Packing packing) {
    this.spool = archive.spool();
    this.jobs = jobs;
    this.calls = new JobCalls(jobs);
    this.packing = packing;
    this.requests = new ArchiveRequests(archive.index(), packing.rules().utf8());
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : List.of(Level.PATIENT, Level.STUDY, Level.SERIES)) {
      one(routes, level, "archive", false);
      one(routes, level, "media", true);
    }
    many(routes, "create-archive", false, false);
    many(routes, "create-media", true, false);
    many(routes, "create-media-extended", true, true);
    return List.copyOf(routes);
  }

  private void one(List<Route> routes, Level level, String name, boolean media) {
    String path = "/" + level.plural() + "/{id}/" + name;
    routes.add(Route.get(path, request -> answer(requests.get(level, media, request))));
    routes.add(Route.post(path, request -> answer(requests.post(level, media, request))));
  }

  private void many(List<Route> routes, String name, boolean media, boolean extended) {
    String path = "/tools/" + name;
    routes.add(Route.get(path, request -> answer(requests.getMany(media, extended, request))));
    routes.add(Route.post(path, request -> answer(requests.postMany(media, extended, request))));
  }

  private Answer answer(ArchiveRequests.Wanted wanted) throws IOException {
    Submission submission =
        JobCalls.submission(wanted.options(), wanted.request().type(), wanted.request().seed());
    if (!wanted.options().synchronous()) {
      return calls.submitted(submission);
    }
    Answer answer =
        packing.rules().streaming() ? streamed(wanted, submission) : made(wanted, submission);
    return answer.saved(wanted.request().filename());
  }

  private Answer streamed(ArchiveRequests.Wanted wanted, Submission submission) {
    StreamedArchive archive = new StreamedArchive();
    Future<Job> end = calls.start(submission, packing.run(wanted.request(), archive));
    return archive.answer(Packing.MEDIA_TYPE, end);
  }

  private Answer made(ArchiveRequests.Wanted wanted, Submission submission) throws IOException {
    HandedArchive archive = new HandedArchive(spool);
    try {
      Job end = jobs.run(submission.with(packing.run(wanted.request(), archive)));
      if (end.status().failure().isPresent()) {
        throw JobCalls.failure(end.status().failure().get());
      }
      SpooledFile file =
          archive
              .take()
              .orElseThrow(() ->
                  ApiException.of(
                      ErrorCode.CANCELED_JOB,
                      "The job was stopped for a while; the archive is its output now: /jobs/"
                          + end.id()
                          + "/archive"));
      return Answer.file(file.channel(0, file.size()), file.size(), Packing.MEDIA_TYPE)
          .holding(file::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for a job was interrupted");
    } finally {
      archive.abandon();
    }
  }
}
