package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.Page;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Attachment.Compression;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters are kept with each write; here they are counted again. */
class StatisticsTest {
  private static final int MY_REPORT = 1099;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stay_equal_to_a_recount_after_random_operations(long seed) throws Exception {
    Random random = new Random(seed);
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      for (int step = 0; step < 150; step++) {
        operate(open, random);
        if (step % 10 == 9) {
          assertRecount(open);
        }
      }
    }
  }

  private static void operate(OpenArchive open, Random random) throws Exception {
    int choice = random.nextInt(10);
    if (choice < 5) {
      int study = random.nextInt(4);
      open.store(
          Made.instance("P" + study / 2, study, random.nextInt(3), random.nextInt(3))
              .withPixels(random.nextInt(500), 1));
      return;
    }
    Level level = Level.values()[random.nextInt(4)];
    List<ResourceId> ids = open.ids(level);
    if (ids.isEmpty()) {
      return;
    }
    ResourceId id = ids.get(random.nextInt(ids.size()));
    if (choice == 5) {
      open.archive.deletion().delete(level, id);
    } else if (choice == 6) {
      open.archive
          .index()
          .write(writer -> {
            writer.removeAttachment(level, id, MY_REPORT);
            return true;
          });
    } else if (choice == 7) {
      fail(open, level, id);
    } else {
      long size = random.nextInt(1000);
      open.archive
          .index()
          .write(writer -> {
            writer.putAttachment(level, id, report(size));
            return true;
          });
    }
  }

  /** A transaction that is undone after it deleted much. */
  private static void fail(OpenArchive open, Level level, ResourceId id) {
    try {
      open.archive
          .index()
          .write(writer -> {
            writer.delete(level, id);
            throw new UnsupportedOperationException("wanted");
          });
    } catch (UnsupportedOperationException e) {
      assertThat(e).hasMessage("wanted");
    }
  }

  private static Attachment report(long size) {
    return new Attachment(
        MY_REPORT,
        UUID.randomUUID(),
        size,
        size / 2,
        Compression.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static void assertRecount(OpenArchive open) {
    List<Level> levels = List.of(Level.values());
    open.read(reader -> {
      Statistics all = Statistics.NONE;
      for (ResourceId patient : reader.ids(Level.PATIENT, Page.ALL)) {
        all = sum(all, recount(reader, Level.PATIENT, patient));
      }
      assertThat(reader.statistics()).isEqualTo(all);
      for (Level level : levels) {
        for (ResourceId id : reader.ids(level, Page.ALL)) {
          assertThat(reader.statistics(level, id)).contains(recount(reader, level, id));
        }
        assertThat(reader.count(level)).isEqualTo(reader.ids(level, Page.ALL).size());
      }
      return true;
    });
  }

  private static Statistics recount(IndexReader reader, Level level, ResourceId id) {
    Statistics all = own(level, reader.attachments(level, id));
    if (level.child().isPresent()) {
      for (ResourceId child : reader.descendants(level, id, level.child().get())) {
        all = sum(all, recount(reader, level.child().get(), child));
      }
    }
    return all;
  }

  private static Statistics own(Level level, List<Attachment> attachments) {
    long[] sizes = new long[4];
    for (Attachment attachment : new ArrayList<>(attachments)) {
      sizes[0] += attachment.storedSize();
      sizes[1] += attachment.size();
      if (attachment.contentType() == Attachment.DICOM) {
        sizes[2] += attachment.storedSize();
        sizes[3] += attachment.size();
      }
    }
    return new Statistics(
        level == Level.PATIENT ? 1 : 0,
        level == Level.STUDY ? 1 : 0,
        level == Level.SERIES ? 1 : 0,
        level == Level.INSTANCE ? 1 : 0,
        sizes[0],
        sizes[1],
        sizes[2],
        sizes[3]);
  }

  private static Statistics sum(Statistics a, Statistics b) {
    return new Statistics(
        a.patients() + b.patients(),
        a.studies() + b.studies(),
        a.series() + b.series(),
        a.instances() + b.instances(),
        a.diskSize() + b.diskSize(),
        a.uncompressedSize() + b.uncompressedSize(),
        a.dicomDiskSize() + b.dicomDiskSize(),
        a.dicomUncompressedSize() + b.dicomUncompressedSize());
  }
}
