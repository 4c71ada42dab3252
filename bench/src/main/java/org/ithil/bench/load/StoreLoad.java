package org.ithil.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** C-STORE by DCMTK's storescu: one process and association for each folder, all at once. */
public final class StoreLoad {
  private final int port;

  public StoreLoad(int port) {
    this.port = port;
  }

  /** Sends all files of the folders; gives the seconds until the last process has ended. */
  public double send(List<Path> folders) {
    long begin = System.nanoTime();
    try {
      List<Process> senders = new ArrayList<>();
      for (Path folder : folders) {
        senders.add(
            new ProcessBuilder(
                    "storescu", "-R", "+sd", "127.0.0.1", Integer.toString(port), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      for (Process sender : senders) {
        if (sender.waitFor() != 0) {
          throw new IllegalStateException("storescu ends with " + sender.exitValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("storescu of DCMTK is needed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
