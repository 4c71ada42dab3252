package org.ithil.archive.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What many large values of one file cost, whatever their order. */
class HeldHeaderTest {
  private static final String PLAIN = "1.2.840.10008.1.2.1";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final int VALUES = 100;
  private static final int LENGTH = 100_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({PLAIN + ",false", PLAIN + ",true", DEFLATED + ",false", DEFLATED + ",true"})
  void a_file_is_opened_once_for_all_of_its_large_values(String syntax, boolean compressed)
      throws Exception {
    try (OpenArchive open = new OpenArchive(configuration(compressed), IngestFilter.ALL)) {
      Lineage ids = open.ingest(file(syntax), OpenArchive.HTTP).lineage();
      CountedBlobs blobs = new CountedBlobs(open.archive.blobs());
      CountedSpool spool = new CountedSpool(open.archive.spool());
      Retrieval retrieval =
          new FileRetrieval(open.archive.index(), blobs, spool, ReadOptions.DEFAULT, 1 << 20);
      DicomFile header = retrieval.header(ids.instance()).orElseThrow();
      long once = blobs.bytes.get();
      blobs.opened.set(0);
      blobs.bytes.set(0);
      spool.opened.set(0);
      try (OpenInstance held = retrieval.hold(header)) {
        assertThat(blobs.opened).hasValue(0);
        readBackwards(held.file());
        assertThat(blobs.opened).hasValue(1);
        assertThat(spool.opened.get()).isLessThanOrEqualTo(2);
        assertThat(blobs.bytes.get()).isLessThanOrEqualTo(8 * once + 16L * LENGTH * VALUES / 10);
      }
      assertThat(blobs.closed.get()).isEqualTo(blobs.everOpened.get());
      assertThat(spool.left).hasValue(0);
      try (OpenInstance whole = retrieval.dataSet(ids.instance()).orElseThrow()) {
        spool.opened.set(0);
        readBackwards(whole.file());
        assertThat(spool.opened.get()).isLessThanOrEqualTo(1);
      }
      assertThat(spool.left).hasValue(0);
    }
  }

  private ArchiveConfiguration configuration(boolean compressed) {
    ArchiveConfiguration usual = ArchiveConfiguration.in(folder);
    return new ArchiveConfiguration(
        folder, folder, false, compressed, usual.ingest(), usual.metadata(), 1 << 20, 2, 0);
  }

  private static byte[] file(String syntax) {
    Made made = Made.instance("P", 1, 1, 1);
    for (int i = 0; i < VALUES; i++) {
      byte[] text = "x".repeat(LENGTH).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      text[0] = (byte) i;
      made.with(0x00091000 + i, Vr.UT, text);
    }
    return made.bytes(syntax);
  }

  private static void readBackwards(DicomFile file) throws IOException {
    List<Element> large = new ArrayList<>();
    for (Element element : file.dataSet()) {
      if (element.value() instanceof Value.Located) {
        large.add(element);
      }
    }
    assertThat(large).hasSize(VALUES);
    for (int i = VALUES - 1; i >= 0; i--) {
      Value.Located value = (Value.Located) large.get(i).value();
      byte[] bytes = value.read(file.values(), Vr.UT, 0, LENGTH);
      assertThat(bytes[0]).isEqualTo((byte) i);
      assertThat(bytes[LENGTH - 1]).isEqualTo((byte) 'x');
    }
  }

  private record CountedBlobs(
      BlobStore blobs,
      AtomicInteger opened,
      AtomicInteger everOpened,
      AtomicInteger closed,
      AtomicLong bytes)
      implements BlobStore {
    CountedBlobs(BlobStore blobs) {
      this(blobs, new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicLong());
    }

    @Override
    public UUID newName() {
      return blobs.newName();
    }

    @Override
    public void put(UUID uuid, SpooledFile file) throws IOException {
      blobs.put(uuid, file);
    }

    @Override
    public Blob open(UUID uuid) throws IOException {
      opened.incrementAndGet();
      everOpened.incrementAndGet();
      Blob blob = blobs.open(uuid);
      return new Blob() {
        @Override
        public long size() {
          return blob.size();
        }

        @Override
        public void read(long offset, byte[] into, int at, int length) throws IOException {
          bytes.addAndGet(length);
          blob.read(offset, into, at, length);
        }

        @Override
        public ReadableByteChannel channel(long offset, long length) throws IOException {
          bytes.addAndGet(length);
          return blob.channel(offset, length);
        }

        @Override
        public void close() {
          closed.incrementAndGet();
          blob.close();
        }
      };
    }

    @Override
    public void delete(UUID uuid) throws IOException {
      blobs.delete(uuid);
    }

    @Override
    public void list(Consumer<UUID> each) throws IOException {
      blobs.list(each);
    }
  }

  /** Counts files: made ones, and those that nobody has closed. */
  private record CountedSpool(Spool spool, AtomicInteger opened, AtomicInteger left)
      implements Spool {
    CountedSpool(Spool spool) {
      this(spool, new AtomicInteger(), new AtomicInteger());
    }

    @Override
    public Writer open() throws IOException {
      opened.incrementAndGet();
      left.incrementAndGet();
      Writer writer = spool.open();
      return new Writer() {
        private boolean finished;

        @Override
        public long size() {
          return writer.size();
        }

        @Override
        public void write(int b) throws IOException {
          writer.write(b);
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
          writer.write(bytes, at, length);
        }

        @Override
        public SpooledFile finish() throws IOException {
          finished = true;
          return new CountedFile(writer.finish(), left);
        }

        @Override
        public void close() throws IOException {
          writer.close();
          if (!finished) {
            left.decrementAndGet();
          }
        }
      };
    }
  }

  private record CountedFile(SpooledFile file, AtomicInteger left) implements SpooledFile {
    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      file.read(offset, into, at, length);
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return file.channel(offset, length);
    }

    @Override
    public String md5() throws IOException {
      return file.md5();
    }

    @Override
    public int crc32() {
      return file.crc32();
    }

    @Override
    public void close() {
      file.close();
      left.decrementAndGet();
    }
  }
}
