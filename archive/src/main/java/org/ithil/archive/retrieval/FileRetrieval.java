package org.ithil.archive.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.compression.ZlibBlob;
import org.ithil.archive.index.Index;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the blob store. Headers are cached with the blob that they are in, which never
 * changes; the index is asked for the blob again whenever anything was removed.
 */
public final class FileRetrieval implements Retrieval {
  private static final int ELEMENT_OVERHEAD = 96;

  private final Index index;
  private final BlobStore blobs;
  private final Spool spool;
  private final ReadOptions options;
  private final Cache<ResourceId, Header> headers;

  /**
   * What is remembered of an instance.
   *
   * @param at what {@link Index#removalCount} was before the index was asked for the blob
   */
  private record Header(UUID blob, DicomFile file, long at) {}

  /**
   * @param options limits for files, and the dictionary
   * @param cacheBytes memory for parsed headers, roughly; 0 for none
   */
  public FileRetrieval(
      Index index, BlobStore blobs, Spool spool, ReadOptions options, long cacheBytes) {
    this.index = index;
    this.blobs = blobs;
    this.spool = spool;
    this.options = options;
    this.headers =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .<ResourceId, Header>weigher((_, header) -> weight(header.file()))
            .build();
  }

  @Override
  public Optional<OpenAttachment> open(Level level, ResourceId id, int contentType)
      throws IOException {
    Optional<Attachment> attachment = attachment(level, id, contentType);
    while (attachment.isPresent()) {
      try {
        return Optional.of(new OpenAttachment(attachment.get(), open(attachment.get())));
      } catch (NoSuchFileException e) {
        attachment = again(attachment.get(), level, id, contentType, e);
      }
    }
    return Optional.empty();
  }

  private Optional<Attachment> attachment(Level level, ResourceId id, int contentType) {
    return index.read(reader -> reader.attachment(level, id, contentType));
  }

  /** What took the place of an attachment that was removed between looking and opening. */
  private Optional<Attachment> again(
      Attachment gone, Level level, ResourceId id, int contentType, NoSuchFileException failure)
      throws NoSuchFileException {
    Optional<Attachment> now = attachment(level, id, contentType);
    if (now.isPresent() && now.get().uuid().equals(gone.uuid())) {
      throw failure;
    }
    return now;
  }

  private Blob open(Attachment attachment) throws IOException {
    Blob blob = blobs.open(attachment.uuid());
    switch (attachment.compression()) {
      case NONE -> {
        return blob;
      }
      case ZLIB -> {
        try (blob) {
          return ZlibBlob.uncompress(blob, spool);
        }
      }
    }
    throw new IllegalStateException("unknown compression");
  }

  @Override
  public OpenInstance hold(DicomFile header) {
    if (!(header.values() instanceof Reopening closed)) {
      return new OpenInstance(header, () -> {});
    }
    Held held = new Held(closed);
    return new OpenInstance(header.withValues(held), held::release);
  }

  @Override
  public Optional<DicomFile> header(ResourceId instance) throws IOException {
    long now = index.removalCount();
    Header cached = headers.getIfPresent(instance);
    if (cached != null && cached.at() == now && now % 2 == 0) {
      return Optional.of(cached.file());
    }
    Optional<Attachment> attachment = attachment(Level.INSTANCE, instance, Attachment.DICOM);
    while (attachment.isPresent()) {
      UUID blob = attachment.get().uuid();
      try {
        boolean isNew = cached == null || !cached.blob().equals(blob);
        DicomFile file = cached == null || isNew ? readHeader(attachment.get()) : cached.file();
        if (isNew || now % 2 == 0) { // else what is remembered of an earlier moment says more
          headers.put(instance, new Header(blob, file, now));
        }
        return Optional.of(file);
      } catch (NoSuchFileException e) {
        attachment = again(attachment.get(), Level.INSTANCE, instance, Attachment.DICOM, e);
      }
    }
    headers.invalidate(instance);
    return Optional.empty();
  }

  @Override
  public void forgetHeaders() {
    headers.invalidateAll();
  }

  private DicomFile readHeader(Attachment attachment) throws IOException {
    try (Blob blob = open(attachment)) {
      DicomFile read = DicomReader.readFile(blob, options.stoppingBeforePixelData());
      // The inflated bytes are not kept: they would weigh more than the header.
      ByteSource values =
          new Reopening(attachment, read.transferSyntax().deflated(), read.values().size());
      return read.withValues(values);
    }
  }

  @Override
  public Optional<OpenInstance> dataSet(ResourceId instance) throws IOException {
    Optional<OpenAttachment> opened = openFile(instance);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Blob blob = opened.get().bytes();
    try {
      DicomFile file = readFile(blob, options);
      return Optional.of(
          new OpenInstance(
              file,
              () -> {
                file.values().release();
                blob.close();
              }));
    } catch (IOException | RuntimeException e) {
      blob.close();
      throw e;
    }
  }

  /** A file whose values can be read in any order. */
  private DicomFile readFile(Blob blob, ReadOptions reading) throws IOException {
    DicomFile file = DicomReader.readFile(blob, reading);
    return file.values().isSequential()
        ? file.withValues(new Rewinding(file.values(), spool))
        : file;
  }

  /** Bytes of memory, roughly. */
  static int weight(DicomFile file) {
    return (int) Math.min(Integer.MAX_VALUE, weight(file.meta()) + weight(file.dataSet()));
  }

  private static long weight(DataSet dataSet) {
    long weight = ELEMENT_OVERHEAD;
    for (Element element : dataSet) {
      weight += ELEMENT_OVERHEAD;
      if (element.value() instanceof Value.Bytes(byte[] bytes)) {
        weight += bytes.length;
      }
      for (DataSet item : element.items()) {
        weight += weight(item);
      }
    }
    return weight;
  }

  /** The bytes of an attachment, opened for each reading: a cached header holds no file open. */
  private final class Reopening implements ByteSource {
    private final Attachment attachment;
    private final boolean deflated;
    private final long size;

    Reopening(Attachment attachment, boolean deflated, long size) {
      this.attachment = attachment;
      this.deflated = deflated;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      Held held = new Held(this);
      try {
        held.read(offset, into, at, length);
      } finally {
        held.release();
      }
    }

    /** Opens once, whatever the length. */
    @Override
    public void copyTo(long offset, long length, OutputStream out) throws IOException {
      Held held = new Held(this);
      try {
        held.copyTo(offset, length, out);
      } finally {
        held.release();
      }
    }
  }

  /** The same, opened at the first reading and held until it is released. */
  private final class Held implements ByteSource {
    private final Reopening closed;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Blob blob;
    private @Nullable ByteSource values;

    Held(Reopening closed) {
      this.closed = closed;
    }

    @Override
    public long size() {
      return closed.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      values().read(offset, into, at, length);
    }

    @Override
    public void copyTo(long offset, long length, OutputStream out) throws IOException {
      values().copyTo(offset, length, out);
    }

    private ByteSource values() throws IOException {
      lock.lock();
      try {
        if (values != null) {
          return values;
        }
        Blob opened = open(closed.attachment);
        try {
          ByteSource read =
              closed.deflated
                  ? readFile(opened, options.stoppingBeforePixelData()).values()
                  : opened;
          blob = opened;
          values = read;
          return read;
        } catch (IOException | RuntimeException e) {
          opened.close();
          throw e;
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void release() {
      lock.lock();
      try {
        if (values != null) {
          values.release();
          values = null;
        }
        if (blob != null) {
          blob.close();
          blob = null;
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
