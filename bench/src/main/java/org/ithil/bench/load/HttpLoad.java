package org.ithil.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ithil.bench.sample.CtSample;

/** Requests over several connections at once, each sending its next when the last is answered. */
public final class HttpLoad {
  private final int port;

  public HttpLoad(int port) {
    this.port = port;
  }

  /** POSTs the samples of a batch; gives the seconds it took. */
  public double post(int batch, int samples, int connections) {
    ByteBuffer pixels = CtSample.pixels();
    return run(
        samples,
        connections,
        (http, n) -> http.post("/instances", new CtSample(batch, n).header(), pixels));
  }

  /** GETs the tags of the samples of a batch, over and over; gives the seconds it took. */
  public double tags(int batch, int samples, int requests, int connections) {
    List<String> paths = new ArrayList<>();
    for (int n = 0; n < samples; n++) {
      paths.add("/instances/" + new CtSample(batch, n).id() + "/tags");
    }
    return run(requests, connections, (http, n) -> http.get(paths.get(n % samples)));
  }

  /** How long a download took, and how large it was. */
  public record Download(double seconds, long bytes) {}

  /** GETs the archive of the study that a sample is in. */
  public Download archive(CtSample sample) {
    try (HttpConnection http = new HttpConnection(port)) {
      long begin = System.nanoTime();
      int status = http.get("/studies/" + sample.studyId() + "/archive");
      if (status != 200) {
        throw new IllegalStateException("the archive is answered by " + status);
      }
      return new Download((System.nanoTime() - begin) / 1e9, http.bodySize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the study that a sample is in anonymized; gives the seconds until the answer. */
  public double anonymize(CtSample sample) {
    try (HttpConnection http = new HttpConnection(port)) {
      long begin = System.nanoTime();
      String answer = http.exchange("POST", "/studies/" + sample.studyId() + "/anonymize", "{}");
      if (!answer.contains("\"PatientID\"")) {
        throw new IllegalStateException("the anonymization is answered by " + answer);
      }
      return (System.nanoTime() - begin) / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Request {
    int send(HttpConnection http, int number) throws IOException;
  }

  private double run(int requests, int connections, Request request) {
    var next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    long begin = System.nanoTime();
    for (int c = 0; c < connections; c++) {
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((t, e) -> failures.add(e))
              .start(() -> sendAll(next, requests, request)));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a request failed", failures.getFirst());
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void sendAll(AtomicInteger next, int requests, Request request) {
    try (HttpConnection http = new HttpConnection(port)) {
      for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
        int status = request.send(http, n);
        if (status != 200) {
          throw new IllegalStateException("request " + n + " is answered by " + status);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
