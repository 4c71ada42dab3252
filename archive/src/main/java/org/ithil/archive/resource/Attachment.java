package org.ithil.archive.resource;

import java.util.Optional;
import java.util.UUID;

/**
 * A file that belongs to a resource.
 *
 * @param contentType number of its kind: {@link #DICOM}, or one from 1024 to 65535
 * @param uuid names its blob
 * @param size bytes when uncompressed
 * @param storedSize bytes of the blob
 * @param compression how the blob is compressed
 * @param md5 of the uncompressed bytes, lower case hexadecimal; empty unless MD5s are stored
 * @param storedMd5 of the blob's bytes; empty unless MD5s are stored
 * @param crc32 of the uncompressed bytes (as ZIP archives want it), if known
 * @param revision grows with each change of this attachment, from 0
 */
public record Attachment(
    int contentType,
    UUID uuid,
    long size,
    long storedSize,
    Compression compression,
    Optional<String> md5,
    Optional<String> storedMd5,
    Optional<Integer> crc32,
    long revision) {
  /** Content type of the DICOM file of an instance. */
  public static final int DICOM = 1;

  /** Content type of the beginning of a DICOM file, kept uncompressed. */
  public static final int DICOM_UNTIL_PIXEL_DATA = 3;

  /** First content type that users may define. */
  public static final int FIRST_USER_TYPE = 1024;

  /** How a blob is compressed. */
  public enum Compression {
    NONE,
    ZLIB
  }
}
