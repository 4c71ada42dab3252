package org.ithil.archive.export;

import java.util.List;

/**
 * An answer of the log of exports.
 *
 * @param exports ascending
 * @param done true if there are no more behind
 * @param last number of the last one in the answer; if it is empty, of the last one in the log, 0
 *     if there is none
 */
public record ExportPage(List<Export> exports, boolean done, long last) {
  public ExportPage {
    exports = List.copyOf(exports);
  }
}
