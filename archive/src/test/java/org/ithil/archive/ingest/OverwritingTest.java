package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Resource;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverwritingTest {
  private static final int MY_METADATA = 1098;

  @TempDir Path folder;

  @Test
  void never_keeps_the_first() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.NEVER))) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).withPixels(100, 1));
      Attachment first = file(open, ids);
      assertThat(open.ingest(Made.instance("P", 1, 1, 1).withPixels(200, 2)))
          .isEqualTo(new IngestOutcome.AlreadyStored(ids));
      assertThat(file(open, ids)).isEqualTo(first);
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  @Test
  void always_replaces_and_drops_what_belonged_to_the_first() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).withPixels(100, 1));
      open.archive
          .index()
          .write(writer -> {
            writer.addLabel(Level.INSTANCE, ids.instance(), "mine");
            writer.setMetadata(Level.INSTANCE, ids.instance(), MY_METADATA, "mine");
            writer.addLabel(Level.SERIES, ids.series(), "kept");
            return true;
          });
      assertThat(open.ingest(Made.instance("P", 1, 1, 1).withPixels(200, 2)))
          .isEqualTo(new IngestOutcome.Stored(ids, true));
      Resource instance = open.resource(Level.INSTANCE, ids.instance());
      assertThat(instance.labels()).isEmpty();
      assertThat(instance.metadata(MY_METADATA)).isEmpty();
      assertThat(open.resource(Level.SERIES, ids.series()).labels()).containsExactly("kept");
      assertThat(open.statistics().instances()).isEqualTo(1);
      assertThat(open.statistics().diskSize()).isEqualTo(file(open, ids).size());
    }
  }

  @Test
  void parents_of_this_instance_only_take_its_new_tags_and_keep_what_users_gave_them()
      throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).with(Tag.PatientName, "First"));
      open.archive
          .index()
          .write(writer -> {
            writer.addLabel(Level.PATIENT, ids.patient(), "kept");
            return writer.setProtected(ids.patient(), true);
          });
      open.store(Made.instance("P", 1, 1, 1).with(Tag.PatientName, "Second"));
      Resource patient = open.resource(Level.PATIENT, ids.patient());
      assertThat(patient.mainTags()).containsEntry(Tag.PatientName, "Second");
      assertThat(patient.labels()).containsExactly("kept");
      assertThat(patient.isProtected()).isTrue();
      assertThat(open.resource(Level.STUDY, ids.study()).patientTags())
          .containsEntry(Tag.PatientName, "Second");
    }
  }

  @Test
  void parents_of_other_instances_too_keep_their_tags() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).with(Tag.PatientName, "First"));
      open.store(Made.instance("P", 1, 2, 1).with(Tag.PatientName, "First"));
      open.store(
          Made.instance("P", 1, 1, 1)
              .with(Tag.PatientName, "Second")
              .with(Tag.SeriesDescription, "second"));
      assertThat(open.resource(Level.PATIENT, ids.patient()).mainTags())
          .containsEntry(Tag.PatientName, "First");
      assertThat(open.resource(Level.SERIES, ids.series()).mainTags())
          .containsEntry(Tag.SeriesDescription, "second");
    }
  }

  @Test
  void overwriting_logs_a_new_instance_only() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      open.store(Made.instance("P", 1, 1, 1));
      open.store(Made.instance("P", 1, 1, 1));
      assertThat(open.changes())
          .containsExactly("NewSeries", "NewStudy", "NewPatient", "NewInstance");
    }
  }

  @Test
  void if_changed_replaces_other_bytes_only() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.IF_CHANGED))) {
      Lineage ids = open.store(Made.instance("P", 1, 1, 1).withPixels(100, 1));
      assertThat(open.ingest(Made.instance("P", 1, 1, 1).withPixels(100, 1)))
          .isInstanceOf(IngestOutcome.AlreadyStored.class);
      assertThat(open.ingest(Made.instance("P", 1, 1, 1).withPixels(100, 2)))
          .isInstanceOf(IngestOutcome.Stored.class);
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
    }
  }

  @Test
  void of_the_same_instance_sent_by_many_at_once_one_is_stored() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.NEVER));
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<IngestOutcome> send =
          () -> open.ingest(Made.instance("P", 1, 1, 1).withPixels(5000, 1));
      List<Future<IngestOutcome>> answers =
          IntStream.range(0, 32).mapToObj(i -> senders.submit(send)).toList();
      int stored = 0;
      for (Future<IngestOutcome> answer : answers) {
        stored += answer.get() instanceof IngestOutcome.Stored ? 1 : 0;
      }
      assertThat(stored).isEqualTo(1);
      assertThat(open.blobs()).isEqualTo(1);
      assertThat(open.statistics().instances()).isEqualTo(1);
    }
  }

  @Test
  void of_the_same_instance_overwritten_by_many_at_once_one_file_remains() throws Exception {
    Path storage = folder;
    try (OpenArchive open = new OpenArchive(storage, OpenArchive.rules(Overwrite.ALWAYS));
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<IngestOutcome>> answers =
          IntStream.range(0, 32)
              .mapToObj(i ->
                  senders.submit(
                      () -> open.ingest(Made.instance("P", 1, 1, 1).withPixels(100 * i, 1))))
              .toList();
      for (Future<IngestOutcome> answer : answers) {
        assertThat(answer.get()).isInstanceOf(IngestOutcome.Stored.class);
      }
      Lineage ids = answers.getFirst().get().lineage();
      assertThat(open.statistics().diskSize()).isEqualTo(file(open, ids).size());
      open.archive.retrieval().openFile(ids.instance()).orElseThrow().close();
    }
  }

  @Test
  void a_filter_keeps_instances_out() throws Exception {
    IngestFilter onlyCt =
        (header, origin) -> header.dataSet().ascii(0x00080060).filter("CT"::equals).isPresent();
    try (OpenArchive open =
        new OpenArchive(org.ithil.archive.ArchiveConfiguration.in(folder), onlyCt)) {
      assertThat(open.ingest(Made.instance("P", 1, 1, 1)))
          .isInstanceOf(IngestOutcome.FilteredOut.class);
      assertThat(open.count(Level.PATIENT)).isZero();
      assertThat(open.blobs()).isZero();
    }
  }

  private static Attachment file(OpenArchive open, Lineage ids) {
    Attachment file = open.resource(Level.INSTANCE, ids.instance()).file();
    assertThat(file).isNotNull();
    return file;
  }
}
