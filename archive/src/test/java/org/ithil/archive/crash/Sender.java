package org.ithil.archive.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.resource.Level;

/**
 * A process of its own that stores instances without end and says each identifier once it is
 * acknowledged, until it is killed. Some are deleted again, which it says too.
 */
final class Sender {
  private Sender() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int first = Integer.parseInt(args[1]);
    OpenArchive open = new OpenArchive(folder);
    AtomicInteger next = new AtomicInteger(first);
    try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        senders.submit(() -> {
          send(open, next);
          return true;
        });
      }
    }
  }

  private static void send(OpenArchive open, AtomicInteger next)
      throws IOException, IngestException {
    while (true) {
      int number = next.getAndIncrement();
      IngestOutcome outcome =
          open.ingest(
              Made.instance("P" + number % 5, number % 10, number % 20, number)
                  .withPixels(20_000, number));
      say("stored " + outcome.lineage().instance());
      if (number % 7 == 0) {
        say("deleting " + outcome.lineage().instance());
        open.archive.deletion().delete(Level.INSTANCE, outcome.lineage().instance());
        say("deleted " + outcome.lineage().instance());
      }
    }
  }

  private static synchronized void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
