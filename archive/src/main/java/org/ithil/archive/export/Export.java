package org.ithil.archive.export;

import java.time.Instant;
import java.util.Map;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * One entry of the log of exports. It outlives its resource.
 *
 * @param sequence its number, from 1
 * @param remote the modality or peer that got it
 * @param level of the resource
 * @param resource what was sent
 * @param date when
 * @param identifiers DICOM identifiers of the resource and its parents: PatientID, StudyInstanceUID
 *     and so on, by tag
 */
public record Export(
    long sequence,
    String remote,
    Level level,
    ResourceId resource,
    Instant date,
    Map<Integer, String> identifiers) {}
