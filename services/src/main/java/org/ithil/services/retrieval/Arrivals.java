package org.ithil.services.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.services.storage.ReceptionListener;

/**
 * Tells which of the instances that arrive were sent because of a C-MOVE of ours: their C-STORE
 * requests name its message and our title (PS3.7 9.3.1.1, Move Originator). Safe for concurrent
 * use.
 */
public final class Arrivals implements ReceptionListener {
  private static final int MOST = 0xffff;

  private final Map<Integer, Awaited> awaited = new ConcurrentHashMap<>();
  private int last;

  /** A C-MOVE under way, and what has arrived because of it. To be closed when it is over. */
  public final class Awaited implements AutoCloseable {
    private final int messageId;
    private final String title;
    private final Set<ResourceId> instances = new LinkedHashSet<>();

    private Awaited(int messageId, String title) {
      this.messageId = messageId;
      this.title = title;
    }

    /** The number that the C-MOVE has to have. */
    public int messageId() {
      return messageId;
    }

    /** What has arrived so far, in the order of its arrival, each once. */
    public synchronized List<ResourceId> instances() {
      return new ArrayList<>(instances);
    }

    private synchronized void add(ResourceId instance) {
      instances.add(instance);
    }

    @Override
    public void close() {
      awaited.remove(messageId, this);
    }
  }

  /**
   * Takes a number for a C-MOVE that no other one has at this time.
   *
   * @param title our title in the association
   */
  public synchronized Awaited await(String title) {
    for (int i = 0; i < MOST; i++) {
      last = last % MOST + 1;
      Awaited fresh = new Awaited(last, title.strip());
      if (awaited.putIfAbsent(last, fresh) == null) {
        return fresh;
      }
    }
    throw new IllegalStateException(MOST + " C-MOVEs at the same time");
  }

  @Override
  public void received(Command.CStoreRq request, ResourceId instance) {
    Optional<MoveOriginator> originator = request.originator();
    OptionalInt message = originator.map(MoveOriginator::messageId).orElseGet(OptionalInt::empty);
    if (originator.isPresent() && message.isPresent()) {
      Awaited mine = awaited.get(message.getAsInt());
      if (mine != null && mine.title.equals(originator.get().aet().strip())) {
        mine.add(instance);
      }
    }
  }
}
