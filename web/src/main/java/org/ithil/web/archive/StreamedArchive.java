package org.ithil.web.archive;

import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.packing.Destination;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;

/** An archive that is sent while it is made. */
final class StreamedArchive implements Destination {
  private static final int CAPACITY = 1 << 20;

  /** Seconds that an answer which is whole waits for its job: long if the index has failed. */
  private static final long PATIENCE = 10;

  private final Pipe pipe = new Pipe(CAPACITY);

  /**
   * The answer. When it is over, so is the job.
   *
   * @param end when the job has ended, for all to see: the last of the answer waits for that
   */
  Answer answer(String type, Future<Job> end) {
    return Answer.live(
            out -> {
              pipe.transferTo(out);
              await(end);
            },
            type)
        .holding(pipe::abandon);
  }

  private static void await(Future<Job> end) throws InterruptedIOException {
    try {
      end.get(PATIENCE, TimeUnit.SECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // The archive is whole all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the end of a job was interrupted");
    }
  }

  @Override
  public OutputStream open(JobRun.Place place) {
    return pipe.sink(place);
  }

  @Override
  public List<JobOutput> complete() {
    pipe.complete();
    return List.of();
  }

  @Override
  public void fail(Throwable failure) {
    pipe.fail(failure instanceof InterruptedException ? canceled() : failure);
  }

  /** Paused, cancelled, or left by a server that stops. */
  @Override
  public void close() {
    pipe.fail(canceled());
  }

  private static ApiException canceled() {
    return ApiException.of(ErrorCode.CANCELED_JOB);
  }
}
