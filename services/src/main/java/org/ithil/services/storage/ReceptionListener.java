package org.ithil.services.storage;

import org.ithil.archive.resource.ResourceId;
import org.ithil.dimse.message.Command;

/** Hears of each instance that came by C-STORE and is in the archive, before its sender does. */
@FunctionalInterface
public interface ReceptionListener {
  /** Nobody who cares. */
  ReceptionListener NONE = (_, _) -> {};

  /**
   * An instance has arrived, or arrived again. Called by many threads at the same time.
   *
   * @param request by which it was sent; names who asked for it by C-MOVE
   * @param instance which it is
   */
  void received(Command.CStoreRq request, ResourceId instance);
}
