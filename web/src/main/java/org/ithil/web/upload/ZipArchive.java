package org.ithil.web.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The files of a ZIP archive, one after the other in the order of its directory.
 *
 * <p>Against bombs: each file has a limit, and all together may expand by no more than deflate can
 * (1032 to 1, so only archives whose files overlap go beyond it).
 */
final class ZipArchive implements AutoCloseable {
  private static final long MOST_EXPANSION = 1040;

  private final ZipFile zip;
  private final Enumeration<? extends ZipEntry> entries;
  private final long maximumFileSize;
  private long budget;
  private @Nullable ZipEntry current;

  private ZipArchive(ZipFile zip, long size, long maximumFileSize) {
    this.zip = zip;
    this.entries = zip.entries();
    this.maximumFileSize = maximumFileSize;
    this.budget = size * MOST_EXPANSION;
  }

  /**
   * Opens an archive.
   *
   * @param maximumFileSize bytes that one file may have once expanded; 0 for no limit
   * @throws ApiException BAD_FILE_FORMAT if it is none, or is damaged
   */
  static ZipArchive open(Path path, long maximumFileSize) throws IOException {
    try {
      // Names do not matter: read as Latin-1, none is wrong.
      ZipFile zip = new ZipFile(path.toFile(), ZipFile.OPEN_READ, StandardCharsets.ISO_8859_1);
      return new ZipArchive(zip, Files.size(path), maximumFileSize);
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT, "Cannot open ZIP archive from memory buffer");
    }
  }

  /** Goes to the next file; false behind the last one. */
  boolean next() {
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!entry.isDirectory()) {
        current = entry;
        return true;
      }
    }
    return false;
  }

  /**
   * The bytes of the current file. At their end they are compared with its CRC-32; a ZipException
   * tells that they are damaged.
   */
  InputStream entry() throws IOException {
    ZipEntry entry = current;
    if (entry == null) {
      throw new IllegalStateException("no current file");
    }
    InputStream in;
    try {
      in = zip.getInputStream(entry);
    } catch (EOFException e) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    }
    if (in == null) {
      throw new ZipException("the file is gone");
    }
    return new UploadRoutes.LimitedStream(in, maximumFileSize) {
      private final CRC32 crc = new CRC32();

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
          n = super.read(buffer, offset, length);
        } catch (EOFException e) {
          throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
        }
        if (n < 0 && crc.getValue() != entry.getCrc()) {
          throw new ZipException("the file is damaged: its CRC-32 is another one");
        }
        crc.update(buffer, offset, Math.max(n, 0));
        budget -= Math.max(n, 0);
        if (budget < 0) {
          throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "The files of the ZIP archive overlap");
        }
        return n;
      }
    };
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
