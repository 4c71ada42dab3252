package org.ithil.archive.job;

import java.util.UUID;

/**
 * A file that a job made and that clients fetch from it.
 *
 * @param name by which it is asked for, such as {@code archive}
 * @param mediaType its {@code Content-Type}
 * @param filename under which a browser saves it
 * @param blob where its bytes are
 * @param size in bytes
 */
public record JobOutput(String name, String mediaType, String filename, UUID blob, long size) {}
