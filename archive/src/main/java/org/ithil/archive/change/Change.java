package org.ithil.archive.change;

import java.time.Instant;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * One entry of the log of changes.
 *
 * @param sequence its number, from 1, never used twice
 * @param type what happened
 * @param level of the resource
 * @param resource to which it happened
 * @param date when
 */
public record Change(
    long sequence, ChangeType type, Level level, ResourceId resource, Instant date) {}
