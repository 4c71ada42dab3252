package org.ithil.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server process that answers; closing it stops it and fails if it had died before. */
public final class RunningServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Launch launch;
  private final Process process;
  private final RestClient http;

  RunningServer(Launch launch, Process process) {
    this.launch = launch;
    this.process = process;
    this.http = new RestClient("http://127.0.0.1:" + launch.httpPort());
  }

  public RestClient http() {
    return http;
  }

  public int httpPort() {
    return launch.httpPort();
  }

  public int dicomPort() {
    return launch.dicomPort();
  }

  void awaitAnswer() {
    boolean answered = eventually(START, () -> !process.isAlive() || http.answers() && listens());
    if (!answered || !process.isAlive()) {
      kill();
      throw new IllegalStateException("the server did not start:\n" + logTail());
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  private boolean listens() {
    try (Socket _ = new Socket("127.0.0.1", launch.dicomPort())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends SIGKILL, to the launcher's children too, and waits for the end. */
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(p -> p.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  /** Stops as Ctrl-C does and gives the exit code of the process. */
  public int interrupt() {
    return signal(interruptIsIgnored() ? "TERM" : "INT");
  }

  private int signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        kill();
        throw new IllegalStateException("did not stop on SIG" + name + ":\n" + logTail());
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A shell starts background jobs with SIGINT ignored, and their children inherit it. */
  private static boolean interruptIsIgnored() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("SigIgn:"))
          .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).strip(), 16) & 2) != 0);
    } catch (IOException e) {
      return false;
    }
  }

  /** Threads of the process, by the kernel's count. */
  public int threads() {
    return count(Path.of("/proc", Long.toString(javaPid()), "task"));
  }

  /** Open files and sockets of the process. */
  public int openFiles() {
    return count(Path.of("/proc", Long.toString(javaPid()), "fd"));
  }

  /** Largest resident size of the process so far, in kB. */
  public long peakMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(javaPid()), "status"))) {
      String line = lines.filter(l -> l.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Regular files below the storage folder, those of the database aside; some may just vanish. */
  public List<Path> storedFiles() {
    List<Path> files = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !file.getParent().equals(launch.storage())) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            return e == null || e instanceof NoSuchFileException
                ? FileVisitResult.CONTINUE
                : super.postVisitDirectory(folder, e);
          }
        };
    try {
      Files.walkFileTree(launch.storage(), visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return files;
  }

  private long javaPid() {
    return process.descendants().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  private static int count(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of the output. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(launch.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** Looks again and again until something holds; false when the time is over. */
  public static boolean eventually(Duration limit, BooleanSupplier holds) {
    Instant end = Instant.now().plus(limit);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      signal("TERM");
    }
  }
}
