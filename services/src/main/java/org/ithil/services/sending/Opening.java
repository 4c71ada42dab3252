package org.ithil.services.sending;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Semaphore;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.ReadAhead;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.retrieval.Retrieval.OpenAttachment;

/**
 * Opens the next instances while another one is being sent, and reads their beginnings, so that the
 * bytes are in the memory of the system when their turn comes.
 */
final class Opening implements ReadAhead.Loader<ResourceId, Outgoing> {
  private final Retrieval retrieval;
  private final SendingRules rules;
  private final long share;
  private final Semaphore readers;

  Opening(Retrieval retrieval, SendingRules rules) {
    this.retrieval = retrieval;
    this.rules = rules;
    this.share = rules.windowBytes() / Math.max(1, rules.windowSize());
    this.readers = new Semaphore(rules.readers());
  }

  /**
   * Opens an instance.
   *
   * @throws NoSuchFileException if it is not in the archive any more
   */
  @Override
  public Outgoing load(ResourceId id) throws IOException, InterruptedException {
    readers.acquire();
    try {
      Blob blob =
          retrieval
              .openFile(id)
              .map(OpenAttachment::bytes)
              .orElseThrow(() -> new NoSuchFileException(id.toString()));
      try {
        Outgoing instance = Outgoing.of(blob, rules.reading(), blob::close);
        blob.copyTo(0, Math.min(blob.size(), share), OutputStream.nullOutputStream());
        return instance;
      } catch (IOException | RuntimeException e) {
        blob.close();
        throw e;
      }
    } finally {
      readers.release();
    }
  }

  @Override
  public void letGo(Outgoing instance) {
    instance.close();
  }
}
