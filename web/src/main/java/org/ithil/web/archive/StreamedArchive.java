package org.ithil.web.archive;

import java.io.OutputStream;
import java.util.List;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.packing.Destination;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;

/** An archive that is sent while it is made. */
final class StreamedArchive implements Destination {
  private static final int CAPACITY = 1 << 20;

  private final Pipe pipe = new Pipe(CAPACITY);

  /** The answer. When it is over, so is the job. */
  Answer answer(String type) {
    return Answer.live(pipe::transferTo, type).holding(pipe::abandon);
  }

  @Override
  public OutputStream open() {
    return pipe.sink();
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
