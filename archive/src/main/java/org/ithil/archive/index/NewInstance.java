package org.ithil.archive.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;

/**
 * What the index keeps of an instance that arrives. Parts of parents that exist already are not
 * used.
 *
 * @param lineage its identifiers
 * @param mainTags for each level, text by tag
 * @param signatures for each level, the signature of its main tags
 * @param metadata for each level, text by number below {@code Metadata.FIRST_USER}, without
 *     LAST_UPDATE and MAIN_DICOM_TAGS_SIGNATURE
 * @param attachments of the instance
 * @param received when it arrived
 * @param stableAt when its parents will be stable if nothing else arrives
 */
public record NewInstance(
    Lineage lineage,
    Map<Level, Map<Integer, String>> mainTags,
    Map<Level, String> signatures,
    Map<Level, Map<Integer, String>> metadata,
    List<Attachment> attachments,
    Instant received,
    Instant stableAt) {}
