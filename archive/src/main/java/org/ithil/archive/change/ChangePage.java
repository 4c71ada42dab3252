package org.ithil.archive.change;

import java.util.List;

/**
 * An answer of the log of changes.
 *
 * @param changes ascending
 * @param done true if there is nothing more to ask for in the direction asked
 * @param last number of the last change in the answer; if it is empty, of the last change ever made
 */
public record ChangePage(List<Change> changes, boolean done, long last) {
  public ChangePage {
    changes = List.copyOf(changes);
  }
}
