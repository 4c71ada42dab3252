package org.ithil.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Asynchronous jobs: one that sends to DCMTK's storescp, and many that do nothing. */
public final class JobLoad implements AutoCloseable {
  private static final int HISTORY = 10;

  private final int port;
  private final int receiverPort;
  private final Process receiver;
  private double slowest = -1;

  /** Starts the receiver, which throws away what it gets, and makes it known to the server. */
  public JobLoad(int port) throws IOException {
    this.port = port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      receiverPort = free.getLocalPort();
    }
    receiver =
        new ProcessBuilder("storescp", "--ignore", Integer.toString(receiverPort))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    pause(500);
    try (HttpConnection http = new HttpConnection(port)) {
      http.exchange("PUT", "/modalities/bench", "[\"BENCH\",\"127.0.0.1\"," + receiverPort + "]");
    }
  }

  /** Sends instances by one job; gives the seconds until it has ended. */
  public double send(List<String> ids) {
    String list = ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
    long begin = System.nanoTime();
    try (HttpConnection http = new HttpConnection(port)) {
      String answer =
          http.exchange(
              "POST",
              "/modalities/bench/store",
              "{\"Asynchronous\":true,\"Resources\":[" + list + "]}");
      String job = answer.replaceAll("(?s).*\"Path\"\\s*:\\s*\"([^\"]*)\".*", "$1");
      while (true) {
        String state =
            http.exchange("GET", job, "").replaceAll("(?s).*\"State\"\\s*:\\s*\"(\\w+)\".*", "$1");
        if (state.equals("Success")) {
          return (System.nanoTime() - begin) / 1e9;
        }
        if (!state.equals("Pending") && !state.equals("Running")) {
          throw new IllegalStateException("the job has ended as " + state);
        }
        pause(20);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The receiver's own speed, with DCMTK's sender; gives the seconds it took. */
  public double receive(Path folder) {
    return new StoreLoad(receiverPort).send(List.of(folder));
  }

  /** Queues jobs that send nothing; gives the seconds until the last one has ended. */
  public double many(int jobs, int connections) {
    var next = new AtomicInteger();
    var over = new AtomicBoolean();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long begin = System.nanoTime();
    for (int c = 0; c < connections; c++) {
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(() -> queue(next, jobs)));
    }
    Thread watcher =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> failures.add(e))
            .start(() -> watch(over));
    threads.forEach(JobLoad::join);
    awaitEnd();
    double seconds = (System.nanoTime() - begin) / 1e9;
    over.set(true);
    join(watcher);
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a request failed", failures.getFirst());
    }
    return seconds;
  }

  /** The slowest answer to GET /jobs while many were queued, in milliseconds. */
  public OptionalDouble slowestList() {
    return slowest < 0 ? OptionalDouble.empty() : OptionalDouble.of(slowest);
  }

  private void queue(AtomicInteger next, int jobs) {
    try (HttpConnection http = new HttpConnection(port)) {
      while (next.getAndIncrement() < jobs) {
        http.exchange(
            "POST", "/modalities/bench/store", "{\"Asynchronous\":true,\"Resources\":[]}");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void watch(AtomicBoolean over) {
    try (HttpConnection http = new HttpConnection(port)) {
      while (!over.get()) {
        long begin = System.nanoTime();
        http.get("/jobs");
        slowest = Math.max(slowest, (System.nanoTime() - begin) / 1e6);
        pause(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The history is short: once the list is, all others have ended. */
  private void awaitEnd() {
    try (HttpConnection http = new HttpConnection(port)) {
      while (http.exchange("GET", "/jobs", "").chars().filter(c -> c == '"').count() > 2 * HISTORY
          || http.exchange("GET", "/jobs?expand", "").contains("\"Pending\"")) {
        pause(10);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    receiver.destroy();
  }
}
