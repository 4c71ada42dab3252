package org.ithil.web.resource;

import java.util.List;
import java.util.Set;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.Resource.SeriesStatus;
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
  static Described of(Resource resource, @Nullable Set<ResponseContent> parts, IndexReader reader) {
    // Asked for without metadata, the status is not computed by the reference either.
    boolean counted = parts == null || parts.contains(ResponseContent.METADATA);
    SeriesStatus status = counted ? resource.status() : SeriesStatus.UNKNOWN;
    List<Attachment> attachments =
        parts != null && parts.contains(ResponseContent.ATTACHMENTS)
            ? reader.attachments(resource.level(), resource.id())
            : List.of();
    return new Described(resource, status, attachments);
  }
}
