package org.ithil.services.sending;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.retrieval.Retrieval.OpenAttachment;

/**
 * Opens the next instances while another one is being sent, and reads their beginnings, so that the
 * bytes are in the memory of the system when their turn comes.
 */
final class ReadAhead implements Closeable {
  private final List<ResourceId> ids;
  private final Retrieval retrieval;
  private final SendingRules rules;
  private final BlockingQueue<Loaded> window;
  private final Thread thread;

  /** What became of an instance. */
  private sealed interface Loaded {
    record Opened(Outgoing instance) implements Loaded {}

    record Failed(Throwable why) implements Loaded {}
  }

  ReadAhead(List<ResourceId> ids, Retrieval retrieval, SendingRules rules) {
    this.ids = ids;
    this.retrieval = retrieval;
    this.rules = rules;
    this.window = new ArrayBlockingQueue<>(Math.max(1, rules.windowSize()));
    this.thread = Thread.ofVirtual().name("send-ahead").start(this::run);
  }

  /**
   * The next instance, which is the caller's to close.
   *
   * @throws NoSuchFileException if it is not in the archive any more
   */
  Outgoing take() throws IOException, InterruptedException {
    switch (window.take()) {
      case Loaded.Opened(Outgoing instance) -> {
        return instance;
      }
      case Loaded.Failed(IOException e) -> throw e;
      case Loaded.Failed(RuntimeException e) -> throw e;
      case Loaded.Failed(Throwable e) -> throw new IllegalStateException(e);
    }
  }

  private void run() {
    for (ResourceId id : ids) {
      Loaded loaded = load(id);
      try {
        window.put(loaded);
      } catch (InterruptedException e) {
        letGo(loaded);
        return;
      }
    }
  }

  private Loaded load(ResourceId id) {
    try {
      Blob blob =
          retrieval
              .openFile(id)
              .map(OpenAttachment::bytes)
              .orElseThrow(() -> new NoSuchFileException(id.toString()));
      try {
        Outgoing instance = Outgoing.of(blob, rules.reading(), blob::close);
        long share = rules.windowBytes() / Math.max(1, rules.windowSize());
        blob.copyTo(0, Math.min(blob.size(), share), OutputStream.nullOutputStream());
        return new Loaded.Opened(instance);
      } catch (IOException | RuntimeException e) {
        blob.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      return new Loaded.Failed(e);
    }
  }

  private static void letGo(Loaded loaded) {
    if (loaded instanceof Loaded.Opened(Outgoing instance)) {
      instance.close();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    window.forEach(ReadAhead::letGo);
    window.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
