package org.ithil.archive.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.retrieval.Retrieval.OpenAttachment;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.archive.verification.Verification.Finding;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RetrievalTest {
  @TempDir Path folder;

  @Test
  void the_file_comes_back_byte_for_byte() throws Exception {
    byte[] bytes = Made.instance("P", 1, 1, 1).withPixels(300_000, 1).bytes();
    try (OpenArchive open = new OpenArchive(folder)) {
      assertReadsBack(open, bytes);
    }
  }

  @Test
  void so_does_a_compressed_one() throws Exception {
    byte[] bytes = Made.instance("P", 1, 1, 1).withPixels(300_000, 1).bytes();
    ArchiveConfiguration usual = ArchiveConfiguration.in(folder);
    ArchiveConfiguration compressing =
        new ArchiveConfiguration(
            folder, folder, true, true, usual.ingest(), usual.metadata(), 1 << 20, 2, 0);
    try (OpenArchive open = new OpenArchive(compressing, IngestFilter.ALL)) {
      assertReadsBack(open, bytes);
      assertThat(open.statistics().diskSize()).isLessThan(open.statistics().uncompressedSize());
      List<Finding> damage = new ArrayList<>();
      open.archive.verification().findDamage(true, damage::add);
      assertThat(damage).isEmpty();
    }
  }

  private void assertReadsBack(OpenArchive open, byte[] bytes) throws Exception {
    Lineage ids = open.ingest(bytes, OpenArchive.HTTP).lineage();
    Retrieval retrieval = open.archive.retrieval();
    try (OpenAttachment file = retrieval.openFile(ids.instance()).orElseThrow()) {
      assertThat(file.attachment().size()).isEqualTo(bytes.length);
      assertThat(file.bytes().read(0, bytes.length)).isEqualTo(bytes);
      ByteBuffer part = ByteBuffer.allocate(5000);
      try (ReadableByteChannel channel = file.bytes().channel(1000, 4000)) {
        while (channel.read(part) >= 0 && part.hasRemaining()) {
          Thread.onSpinWait();
        }
      }
      assertThat(Arrays.copyOf(part.array(), part.position()))
          .isEqualTo(Arrays.copyOfRange(bytes, 1000, 5000));
    }
    DicomFile header = retrieval.header(ids.instance()).orElseThrow();
    assertThat(header.dataSet().contains(Tag.PixelData)).isFalse();
    assertThat(header.dataSet().ascii(Tag.PatientName)).contains("Name^P");
    try (OpenInstance whole = retrieval.dataSet(ids.instance()).orElseThrow()) {
      assertThat(whole.file().dataSet().get(Tag.PixelData).value().length()).isEqualTo(300_000);
    }
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void large_values_of_a_cached_header_can_be_read() throws Exception {
    byte[] large = new byte[200_000];
    Arrays.fill(large, (byte) 5);
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage ids =
          open.store(Made.instance("P", 1, 1, 1).with(Tag.EncapsulatedDocument, Vr.OB, large));
      for (int i = 0; i < 2; i++) {
        DicomFile header = open.archive.retrieval().header(ids.instance()).orElseThrow();
        var value = header.dataSet().get(Tag.EncapsulatedDocument).value();
        assertThat(value).isInstanceOf(org.ithil.dicom.data.Value.Located.class);
        var located = (org.ithil.dicom.data.Value.Located) value;
        assertThat(header.values().read(located.offset(), (int) located.length())).isEqualTo(large);
      }
    }
  }

  @Test
  void the_cache_of_headers_weighs_values_elements_and_items() throws Exception {
    Made small = Made.instance("P", 1, 1, 1);
    int base = weight(small);
    assertThat(weight(small.with(Tag.PatientComments, "x".repeat(10_000))))
        .isBetween(base + 10_000, base + 10_500);
    Made many = Made.instance("P", 1, 1, 1);
    for (int i = 0; i < 1000; i++) {
      many.with(0x00091010 + i, Vr.LO, new byte[0]);
    }
    assertThat(weight(many)).isBetween(base + 1000 * 64, base + 1000 * 256);
    DataSet item =
        DataSet.of(List.of(new Element(Tag.TextValue, Vr.UT, new Value.Bytes(new byte[20_000]))));
    assertThat(weight(Made.instance("P", 1, 1, 1).with(Tag.ContentSequence, item)))
        .isBetween(base + 20_000, base + 20_500);
  }

  private static int weight(Made made) throws java.io.IOException {
    return FileRetrieval.weight(
        DicomReader.readFile(ByteSource.of(made.bytes()), ReadOptions.DEFAULT));
  }

  @Test
  void what_is_unknown_or_deleted_is_not_there() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1));
      Retrieval retrieval = open.archive.retrieval();
      assertThat(retrieval.header(ids.instance())).isPresent();
      assertThat(retrieval.header(ids.series())).isEmpty();
      assertThat(retrieval.open(Level.SERIES, ids.series(), Attachment.DICOM)).isEmpty();
      open.archive.deletion().delete(Level.INSTANCE, ids.instance());
      assertThat(retrieval.header(ids.instance())).isEmpty();
      assertThat(retrieval.openFile(ids.instance())).isEmpty();
      assertThat(retrieval.dataSet(ids.instance())).isEmpty();
    }
  }

  @Test
  void a_remembered_header_gives_way_to_one_that_takes_its_place() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Retrieval retrieval = open.archive.retrieval();
      for (int round = 0; round < 20; round++) {
        String name = "Name^" + round;
        Lineage ids = open.store(Made.instance("P", 1, 1, 1).with(Tag.PatientName, name));
        open.store(Made.instance("P", 1, 1, 2 + round));
        for (int i = 0; i < 2; i++) {
          DicomFile header = retrieval.header(ids.instance()).orElseThrow();
          assertThat(header.dataSet().ascii(Tag.PatientName)).contains(name);
        }
        open.archive.deletion().delete(Level.INSTANCE, ids.instance());
        assertThat(retrieval.header(ids.instance())).isEmpty();
      }
    }
  }

  @Test
  void a_remembered_header_is_gone_when_another_process_deletes_its_instance() throws Exception {
    try (OpenArchive open = new OpenArchive(folder);
        Index other = new SqliteIndex(folder, 1)) {
      Lineage stored = open.store(Made.instance("P", 1, 1, 1));
      Retrieval retrieval = open.archive.retrieval();
      assertThat(retrieval.header(stored.instance())).isPresent();
      assertThat(retrieval.header(stored.instance())).isPresent();
      other.write(writer -> writer.delete(Level.INSTANCE, stored.instance()));
      assertThat(retrieval.header(stored.instance())).isEmpty();
    }
  }

  @Test
  void a_header_is_never_remembered_beyond_its_deletion() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Retrieval retrieval = open.archive.retrieval();
      var last = new java.util.concurrent.atomic.AtomicReference<Lineage>();
      var stop = new java.util.concurrent.atomic.AtomicBoolean();
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                while (!stop.get()) {
                  Lineage ids = last.get();
                  try {
                    if (ids != null) {
                      retrieval.header(ids.instance());
                    }
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }
              });
      try {
        for (int round = 0; round < 200; round++) {
          Lineage ids = open.store(Made.instance("P", 1, 1, round));
          last.set(ids);
          assertThat(retrieval.header(ids.instance())).isPresent();
          open.archive.deletion().delete(Level.INSTANCE, ids.instance());
          assertThat(retrieval.header(ids.instance())).isEmpty();
        }
      } finally {
        stop.set(true);
        reader.join();
      }
    }
  }

  @Test
  void an_open_file_can_be_read_to_its_end_though_it_is_deleted() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).withPixels(100_000, 1));
      try (OpenAttachment file = open.archive.retrieval().openFile(ids.instance()).orElseThrow()) {
        open.archive.deletion().delete(Level.INSTANCE, ids.instance());
        open.await(() -> open.blobs() == 0);
        assertThat(file.bytes().read(0, (int) file.bytes().size())).hasSizeGreaterThan(100_000);
        try (var channel = file.bytes().channel(10, file.bytes().size() - 10)) {
          byte[] rest = Channels.newInputStream(channel).readAllBytes();
          assertThat(rest)
              .isEqualTo(file.bytes().read(10, rest.length))
              .hasSizeGreaterThan(100_000);
        }
      }
    }
  }

  @Test
  void missing_and_corrupt_blobs_are_reported_and_harm_only_their_instance() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage missing = open.store(Made.instance("P", 1, 1, 1).withPixels(1000, 1));
      Lineage cut = open.store(Made.instance("P", 1, 1, 2).withPixels(1000, 1));
      Lineage flipped = open.store(Made.instance("P", 1, 1, 3).withPixels(1000, 1));
      Lineage sound = open.store(Made.instance("P", 1, 1, 4).withPixels(1000, 1));
      Files.delete(path(open, missing));
      byte[] bytes = Files.readAllBytes(path(open, cut));
      Files.write(path(open, cut), Arrays.copyOf(bytes, 150));
      byte[] other = Files.readAllBytes(path(open, flipped));
      other[other.length - 1] ^= 1;
      Files.write(path(open, flipped), other);
      Retrieval retrieval = open.archive.retrieval();
      assertThatThrownBy(() -> retrieval.header(missing.instance()))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> retrieval.header(cut.instance()))
          .isInstanceOf(java.io.IOException.class);
      try (OpenAttachment file = retrieval.openFile(cut.instance()).orElseThrow()) {
        assertThatThrownBy(() -> file.bytes().channel(0, file.attachment().size()))
            .isInstanceOf(java.io.EOFException.class);
      }
      assertThat(retrieval.header(sound.instance())).isPresent();
      List<Finding> damage = new ArrayList<>();
      open.archive.verification().findDamage(true, damage::add);
      assertThat(damage)
          .containsExactlyInAnyOrder(
              new Finding.Missing(blob(open, missing)),
              new Finding.Corrupt(blob(open, cut)),
              new Finding.Corrupt(blob(open, flipped)));
    }
  }

  private static java.util.UUID blob(OpenArchive open, Lineage ids) {
    return open.resource(Level.INSTANCE, ids.instance()).file().uuid();
  }

  private Path path(OpenArchive open, Lineage ids) {
    String name = blob(open, ids).toString();
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
  }
}
