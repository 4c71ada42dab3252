package org.ithil.web.resource;

import java.util.List;
import java.util.Set;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A resource with what else its description needs, read in one snapshot of the index.
 *
 * @param status of a series; UNKNOWN for others
 * @param attachments all of them; empty unless asked for
 */
record Described(Resource resource, SeriesStatus status, List<Attachment> attachments) {
  /**
   * Reads what is missing.
   *
   * @param parts what is asked for; null for the usual description
   */
  static Described of(
      Resource resource, @Nullable Set<ResponseContent> parts, IndexReader reader) {
    boolean series = resource.level() == Level.SERIES;
    // Asked for without metadata, the status is not computed by the reference either.
    boolean counted =
        parts == null
            || parts.contains(ResponseContent.STATUS) && parts.contains(ResponseContent.METADATA);
    SeriesStatus status =
        series && counted && resource.expectedNumberOfInstances().isPresent()
            ? SeriesStatus.of(
                resource.expectedNumberOfInstances(), reader.indexesInSeries(resource.id()))
            : SeriesStatus.UNKNOWN;
    List<Attachment> attachments =
        parts != null && parts.contains(ResponseContent.ATTACHMENTS)
            ? reader.attachments(resource.level(), resource.id())
            : List.of();
    return new Described(resource, status, attachments);
  }
}
