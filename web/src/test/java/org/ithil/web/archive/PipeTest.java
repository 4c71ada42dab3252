package org.ithil.web.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.web.error.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipeTest {
  @Test
  void carries_everything_in_its_order() throws Exception {
    byte[] bytes = new byte[500_000];
    new Random(1).nextBytes(bytes);
    Pipe pipe = new Pipe(1000);
    var writer =
        CompletableFuture.runAsync(() -> {
          try {
            Random random = new Random(2);
            for (int at = 0; at < bytes.length; ) {
              int n = Math.min(bytes.length - at, random.nextInt(3000));
              pipe.sink(JobRun.Place.KEPT).write(bytes, at, n);
              at += n;
            }
            pipe.complete();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pipe.transferTo(out);
    writer.join();
    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void a_reader_that_goes_ends_the_writer() throws Exception {
    Pipe pipe = new Pipe(10);
    pipe.sink(JobRun.Place.KEPT).write(new byte[10]);
    var writer =
        CompletableFuture.supplyAsync(() -> {
          try {
            pipe.sink(JobRun.Place.KEPT).write(new byte[10]);
            return null;
          } catch (IOException | ApiException e) {
            return e;
          }
        });
    pipe.abandon();
    assertThat(writer.join()).isInstanceOf(ApiException.class);
  }

  @Test
  void a_failure_is_told_once_and_not_behind_the_end() throws Exception {
    Pipe failing = new Pipe(10);
    failing.sink(JobRun.Place.KEPT).write(1);
    failing.fail(new IOException("first"));
    failing.fail(new IOException("second"));
    assertThatThrownBy(() -> failing.transferTo(new ByteArrayOutputStream())).hasMessage("first");
    Pipe complete = new Pipe(10);
    complete.sink(JobRun.Place.KEPT).write(1);
    complete.complete();
    complete.fail(new IOException("late"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    complete.transferTo(out);
    assertThat(out.toByteArray()).containsExactly(1);
  }

  @Test
  void what_is_there_is_sent_before_more_comes() {
    Pipe pipe = new Pipe(10);
    var flushed = new CompletableFuture<Integer>();
    Thread.startVirtualThread(() -> {
      try {
        pipe.transferTo(
            new ByteArrayOutputStream() {
              @Override
              public void flush() {
                flushed.complete(size());
              }
            });
      } catch (IOException e) {
        flushed.completeExceptionally(e);
      }
    });
    var _ =
        CompletableFuture.runAsync(() -> {
          try {
            pipe.sink(JobRun.Place.KEPT).write(new byte[3]);
          } catch (IOException e) {
            flushed.completeExceptionally(e);
          }
        });
    assertThat(flushed.join()).isEqualTo(3);
    pipe.complete();
  }
}
