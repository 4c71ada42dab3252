package org.ithil.archive.packing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.index.IndexReader.SeriesFile;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.ReadAhead;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.jspecify.annotations.Nullable;

/** Reads and packs the files of one archive; safe for concurrent use. */
final class Loading implements ReadAhead.Loader<Entries.Entry, Loaded> {
  /** Larger files are not held in memory. */
  static final int LARGEST_WHOLE = 8 << 20;

  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final int PIECE = 64 << 10;

  private final PackingRequest request;
  private final Packing.Parts parts;
  private final Semaphore readers;

  Loading(PackingRequest request, Packing.Parts parts) {
    this.request = request;
    this.parts = parts;
    this.readers = new Semaphore(parts.rules().readers());
  }

  /** What was read, and what it is packed to. */
  @Override
  public long weight(Entries.Entry entry) {
    long size = entry.file().size();
    return size > LARGEST_WHOLE ? 0 : 2 * size;
  }

  /** Reads a file, packs it if it is not too large. */
  @Override
  public Loaded load(Entries.Entry entry) throws IOException, InterruptedException {
    SeriesFile file = entry.file();
    byte[] bytes;
    readers.acquire();
    try {
      parts.readers().acquire();
      try (Retrieval.OpenAttachment open =
          parts.retrieval().openFile(file.instance()).orElse(null)) {
        if (open == null) {
          return Loaded.GONE;
        }
        long size = open.attachment().size();
        if (size > LARGEST_WHOLE) {
          return Loaded.LARGE;
        }
        bytes = open.bytes().read(0, (int) size);
      } finally {
        parts.readers().release();
      }
    } finally {
      readers.release();
    }
    return computed(() -> pack(file, bytes));
  }

  /** Lets one of the threads that compute do something, and waits for it. */
  <T> T computed(Callable<T> work) throws IOException, InterruptedException {
    Future<T> task = parts.processors().submit(work);
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (CancellationException e) {
      throw new IOException("the packing was given up", e);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }

  private Loaded pack(SeriesFile file, byte[] stored) throws IOException {
    byte[] bytes = stored;
    String syntax = file.transferSyntax().orElse("");
    Optional<Records> records = Optional.empty();
    if (request.transcode().isPresent() || request.media()) {
      DicomFile read = read(ByteSource.of(bytes));
      String target = request.transcode().orElse("");
      if (request.transcode().isPresent() && Reencoding.isNeeded(read, target)) {
        ByteArrayOutputStream anew = new ByteArrayOutputStream(bytes.length + 1024);
        Reencoding.write(file.instance(), read, target, anew);
        bytes = anew.toByteArray();
        read = read(ByteSource.of(bytes));
        syntax = target;
      }
      if (request.media()) {
        records = Optional.of(Records.of(read, request.extended()));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    if (!isPacked(syntax)) {
      Deflation.Packed packed = parts.deflation().whole(bytes, bytes.length);
      if (packed.length() < bytes.length) {
        return new Loaded.Whole(
            ZipWriter.DEFLATED,
            (int) crc.getValue(),
            bytes.length,
            packed.bytes(),
            packed.length(),
            records);
      }
    }
    return new Loaded.Whole(
        ZipWriter.STORED, (int) crc.getValue(), bytes.length, bytes, bytes.length, records);
  }

  private DicomFile read(ByteSource bytes) throws IOException {
    return DicomReader.readFile(
        bytes,
        request.transcode().isPresent()
            ? parts.reading()
            : parts.reading().stoppingBeforePixelData());
  }

  /** Whether most of a file is compressed already. */
  static boolean isPacked(String syntax) {
    TransferSyntax known = TransferSyntax.of(syntax);
    return known.deflated() || known.isStandard() && known.encapsulated() && !syntax.equals(RLE);
  }

  /**
   * A large file.
   *
   * @param crc of its bytes, if it is to be stored
   * @param spooled true if it was written anew
   */
  record Source(
      ByteSource bytes, boolean packed, int crc, Optional<Records> records, AutoCloseable held)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        held.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Opens a large file; null if it was deleted meanwhile. */
  @Nullable Source open(SeriesFile file) throws IOException {
    ResourceId id = file.instance();
    String target = request.transcode().orElse(null);
    if (target != null) {
      Source anew = reencoded(id, target);
      if (anew != null) {
        return anew;
      }
    }
    Optional<Records> records = Optional.empty();
    if (request.media()) {
      records = parts.retrieval().header(id).map(header -> Records.of(header, request.extended()));
      if (records.isEmpty()) {
        return null;
      }
    }
    Retrieval.OpenAttachment open = parts.retrieval().openFile(id).orElse(null);
    if (open == null) {
      return null;
    }
    try {
      boolean packed = isPacked(file.transferSyntax().orElse(""));
      int crc = packed ? crc(open) : 0;
      return new Source(open.bytes(), packed, crc, records, open);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private @Nullable Source reencoded(ResourceId id, String target) throws IOException {
    try (Retrieval.OpenInstance open = parts.retrieval().dataSet(id).orElse(null)) {
      if (open == null || !Reencoding.isNeeded(open.file(), target)) {
        return null;
      }
      SpooledFile anew;
      try (Spool.Writer out = parts.spool().open()) {
        Reencoding.write(id, open.file(), target, out);
        anew = out.finish();
      }
      Optional<Records> records = Optional.empty();
      if (request.media()) {
        records = Optional.of(Records.of(read(anew), request.extended()));
      }
      return new Source(anew, isPacked(target), anew.crc32(), records, anew);
    }
  }

  private static int crc(Retrieval.OpenAttachment open) throws IOException {
    if (open.attachment().crc32().isPresent()) {
      return open.attachment().crc32().get();
    }
    CRC32 crc = new CRC32();
    byte[] piece = new byte[PIECE];
    long size = open.bytes().size();
    for (long done = 0; done < size; done += piece.length) {
      int n = (int) Math.min(piece.length, size - done);
      open.bytes().read(done, piece, 0, n);
      crc.update(piece, 0, n);
    }
    return (int) crc.getValue();
  }
}
