package org.ithil.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ithil.bench.load.HttpConnection;

/** A server process on an empty storage, with the same durability whatever the product. */
public final class Target implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final int httpPort;
  private final int dicomPort;
  private final Duration startTime;

  /** Starts a product in a folder of its own; comes back when it answers. */
  public Target(Product product, Path folder) {
    try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket dicom = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      httpPort = http.getLocalPort();
      dicomPort = dicom.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Files.createDirectories(folder);
      Path config = Files.writeString(folder.resolve("config.json"), configuration(folder));
      long begin = System.nanoTime();
      process =
          new ProcessBuilder(product.command().toString(), config.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start();
      while (!answers()) {
        boolean late = System.nanoTime() - begin > START.toNanos();
        if (late || !process.isAlive()) {
          close();
          throw new IllegalStateException(
              product.name() + " does not start: " + Files.readString(folder.resolve("log.txt")));
        }
        Thread.sleep(5);
      }
      startTime = Duration.ofNanos(System.nanoTime() - begin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String configuration(Path folder) {
    return """
    {
      "Name" : "Bench",
      "StorageDirectory" : "%1$s/storage",
      "IndexDirectory" : "%1$s/storage",
      "SyncStorageArea" : true,
      "StorageCompression" : false,
      "HttpPort" : %2$d,
      "DicomPort" : %3$d,
      "DicomAlwaysAllowStore" : true,
      "DicomCheckCalledAet" : false
    }
    """
        .formatted(folder.toAbsolutePath(), httpPort, dicomPort);
  }

  private boolean answers() {
    try (HttpConnection http = new HttpConnection(httpPort)) {
      return http.get("/system") == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public int httpPort() {
    return httpPort;
  }

  public int dicomPort() {
    return dicomPort;
  }

  /** From the call of the command to the first answer. */
  public Duration startTime() {
    return startTime;
  }

  /** Resident memory now, in MB. */
  public double memory() {
    return status("VmRSS:");
  }

  /** Largest resident memory since the start, in MB. */
  public double peakMemory() {
    return status("VmHWM:");
  }

  /** Processor time used so far by all threads, in seconds. */
  public double cpu() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double status(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
      String line = lines.filter(l -> l.startsWith(key)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process itself, or the one that a start script runs. */
  private long pid() {
    return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
