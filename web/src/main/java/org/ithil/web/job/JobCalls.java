package org.ithil.web.job;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Future;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;

/** Submits jobs for routes, and answers as their requests want it. */
public final class JobCalls {
  private final Jobs jobs;

  public JobCalls(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Submits a job. If the request is synchronous, waits for its end and answers its content, or
   * fails as it did; otherwise answers where to find it.
   *
   * @param type the name of the job's type
   * @param seed what it begins with
   */
  public Answer answer(JobOptions options, String type, JsonValue.Members seed)
      throws InterruptedIOException {
    Submission submission = submission(options, type, seed);
    return options.synchronous()
        ? Answer.json(run(submission).status().content())
        : submitted(submission);
  }

  /** The job that a request wants. */
  public static Submission submission(JobOptions options, String type, JsonValue.Members seed) {
    return new Submission(type, seed, options.priority(), options.userData(), Optional.empty());
  }

  /** Submits a job and answers where to find it. */
  public Answer submitted(Submission submission) {
    String id = jobs.submit(submission).id().toString();
    return Answer.json(
        json -> json.beginObject().member("ID", id).member("Path", "/jobs/" + id).endObject());
  }

  /**
   * Submits a job and waits for its success.
   *
   * @throws ApiException as the job failed
   */
  public Job run(Submission submission) throws InterruptedIOException {
    Job end = end(submission);
    if (end.status().failure().isPresent()) {
      throw failure(end.status().failure().get());
    }
    return end;
  }

  /**
   * Submits a job and waits for its end, whatever that is.
   *
   * @throws ApiException if jobs are not kept
   */
  public Job end(Submission submission) throws InterruptedIOException {
    Job end;
    try {
      end = jobs.run(submission);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for a job was interrupted");
    }
    if (jobs.job(end.id()).isEmpty()) {
      throw ApiException.of(
          ErrorCode.INEXISTENT_ITEM,
          "Cannot retrieve the status of the job, make sure that \"JobsHistorySize\" is not 0");
    }
    return end;
  }

  /** The failure of a job as the failure of a request. */
  public static ApiException failure(JobFailure failure) {
    ErrorCode code = ErrorCode.of(failure.code());
    ApiException exception =
        failure.details().isEmpty()
            ? ApiException.of(code)
            : ApiException.of(code, failure.details());
    return failure.payload().map(exception::withPayload).orElse(exception);
  }

  /**
   * Submits a job together with its first run, which is bound to the request: it writes the answer
   * while it runs.
   *
   * @return complete when the job has ended, for all to see
   */
  public Future<Job> start(Submission submission, JobRun run) {
    return jobs.follow(submission.with(run));
  }
}
