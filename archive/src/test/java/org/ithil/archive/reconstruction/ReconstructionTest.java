package org.ithil.archive.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobRun.Step;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.reconstruction.Reconstruction.Request;
import org.ithil.archive.reconstruction.Reconstruction.Target;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.archive.statistics.Statistics;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructionTest {
  @TempDir Path folder;

  /** An instance that calls all its parents by one name. */
  private static Made named(String name, int study, int series, int number) {
    return Made.instance("P", study, series, number)
        .with(Tag.PatientName, name)
        .with(Tag.StudyDescription, name)
        .with(Tag.SeriesDescription, name)
        .with(Tag.ImageComments, name);
  }

  /** How the levels of an instance are called: patient, patient as the study shows it, ... */
  private static List<String> names(OpenArchive open, Lineage ids) {
    return Stream.of(
            tag(open, Level.PATIENT, ids.patient(), Tag.PatientName),
            Optional.ofNullable(
                open.resource(Level.STUDY, ids.study()).patientTags().get(Tag.PatientName)),
            tag(open, Level.STUDY, ids.study(), Tag.StudyDescription),
            tag(open, Level.SERIES, ids.series(), Tag.SeriesDescription))
        .map(name -> name.orElse("-"))
        .toList();
  }

  private static Optional<String> tag(OpenArchive open, Level level, ResourceId id, int tag) {
    return Optional.ofNullable(open.resource(level, id).mainTags().get(tag));
  }

  private static Request of(Level level, ResourceId id) {
    return new Request(Optional.of(new Target(level, id)), false, false);
  }

  private static Request only(Level level, ResourceId id) {
    return new Request(Optional.of(new Target(level, id)), false, true);
  }

  private static Request files(Level level, ResourceId id) {
    return new Request(Optional.of(new Target(level, id)), true, false);
  }

  private static final Request ALL = new Request(Optional.empty(), false, false);

  private static Job run(OpenArchive open, Request request) throws InterruptedException {
    Job end = open.jobs().run(open.archive.reconstruction().submission(request, true));
    assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
    return end;
  }

  @Test
  void an_instance_gives_its_parents_their_main_tags() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(named("First", 1, 1, 1));
      Lineage ids = open.store(named("Second", 1, 1, 2));
      assertThat(names(open, ids)).containsOnly("First");
      open.archive.reconstruction().parents(ids.instance());
      assertThat(names(open, ids)).containsOnly("Second");
      open.archive.reconstruction().parents(ResourceId.ofPatient("unknown"));
    }
  }

  @Test
  void resources_get_the_main_tags_of_the_first_instance_that_came() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage gone = open.store(named("Gone", 1, 2, 9));
      Lineage first = open.store(named("First", 1, 2, 3));
      Lineage other = open.store(named("Other", 1, 1, 1));
      open.store(named("Later", 1, 2, 1));
      Lineage study = open.store(named("Study", 2, 1, 1));
      open.archive.index().write(writer -> writer.delete(Level.INSTANCE, gone.instance()));
      for (Request request : List.of(ALL, of(Level.PATIENT, first.patient()))) {
        open.archive.reconstruction().parents(study.instance());
        run(open, request);
        assertThat(names(open, first)).containsOnly("First");
        assertThat(names(open, other)).containsExactly("First", "First", "First", "Other");
        assertThat(names(open, study)).containsExactly("First", "Study", "Study", "Study");
      }
      run(open, of(Level.STUDY, study.study()));
      assertThat(names(open, study)).containsOnly("Study");
      assertThat(names(open, first)).containsExactly("Study", "First", "First", "First");
    }
  }

  @Test
  void only_one_level_if_wanted() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage gone = open.store(named("Gone", 1, 1, 1));
      Lineage ids = open.store(named("Now", 1, 1, 2));
      Lineage other = open.store(named("Other", 2, 1, 1));
      open.archive.index().write(writer -> writer.delete(Level.INSTANCE, gone.instance()));
      run(open, only(Level.INSTANCE, ids.instance()));
      assertThat(names(open, ids)).containsOnly("Gone");
      run(open, only(Level.STUDY, ids.study()));
      assertThat(names(open, ids)).containsExactly("Gone", "Now", "Now", "Gone");
      run(open, only(Level.SERIES, ids.series()));
      assertThat(names(open, ids)).containsExactly("Gone", "Now", "Now", "Now");
      open.archive.reconstruction().parents(other.instance());
      run(open, only(Level.PATIENT, ids.patient()));
      assertThat(names(open, ids)).containsOnly("Now");
      // What a study shows of its patient is kept with the study.
      assertThat(names(open, other)).containsExactly("Now", "Other", "Other", "Other");
    }
  }

  @Test
  void main_tags_of_a_new_configuration_come_to_all_levels_and_what_is_searched_too()
      throws Exception {
    Lineage ids;
    try (OpenArchive open = new OpenArchive(folder)) {
      ids = open.store(named("Name", 1, 1, 1).with(Tag.PatientComments, "new"));
    }
    Map<Level, List<Integer>> extra = new EnumMap<>(Level.class);
    extra.put(Level.PATIENT, List.of(Tag.PatientComments));
    extra.put(Level.INSTANCE, List.of(Tag.SOPClassUID));
    IngestRules d = IngestRules.DEFAULT;
    MainTags tags = new MainTags(extra);
    IngestRules rules = new IngestRules(tags, d.overwrite(), d.stableAge(), 0, 0, true, true, true);
    try (OpenArchive open = new OpenArchive(folder, rules)) {
      assertThat(tag(open, Level.PATIENT, ids.patient(), Tag.PatientComments)).isEmpty();
      execute("UPDATE patient SET patient_name = 'WRONG'");
      run(open, ALL);
      assertThat(searched()).isEqualTo("NAME");
      assertThat(tag(open, Level.PATIENT, ids.patient(), Tag.PatientComments)).contains("new");
      assertThat(tag(open, Level.INSTANCE, ids.instance(), Tag.SOPClassUID)).isPresent();
      for (Level level : Level.values()) {
        assertThat(open.resource(level, ids.at(level)).metadata())
            .containsEntry(
                Metadata.MAIN_DICOM_TAGS_SIGNATURE, new Metadata.Entry(tags.signature(level), 0));
      }
    }
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteIndex.FILE));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String searched() throws SQLException {
    try (Connection connection = database();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT patient_name FROM patient")) {
      return rows.getString(1);
    }
  }

  @Test
  void all_else_stays_and_nothing_is_logged() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage ids = open.store(named("Name", 1, 1, 1));
      for (Level level : Level.values()) {
        open.archive
            .index()
            .write(writer -> {
              writer.setMetadata(level, ids.at(level), 1024, "kept");
              writer.addLabel(level, ids.at(level), "kept");
              return true;
            });
      }
      List<Object> before = everything(open, ids);
      run(open, new Request(Optional.empty(), true, false));
      open.await(() -> open.blobs() == 1);
      assertThat(everything(open, ids)).isEqualTo(before);
    }
  }

  private static List<Object> everything(OpenArchive open, Lineage ids) {
    List<Object> all = new ArrayList<>();
    for (Level level : Level.values()) {
      var r = open.resource(level, ids.at(level));
      all.add(List.of(r.mainTags(), r.patientTags(), r.metadata(), r.labels(), r.children()));
    }
    all.add(open.statistics());
    all.add(open.read(reader -> reader.statistics(Level.PATIENT, ids.patient())));
    all.add(open.changes());
    return all;
  }

  @Test
  void files_are_stored_anew_as_they_are_stored_now() throws Exception {
    Lineage ids;
    byte[] file = named("Name", 1, 1, 1).withPixels(20_000, 7).bytes();
    UUID old;
    try (OpenArchive open = new OpenArchive(folder)) {
      ids = open.ingest(file, OpenArchive.HTTP).lineage();
      open.store(named("Name", 1, 1, 2));
      old = attachment(open, ids).uuid();
    }
    ArchiveConfiguration c = ArchiveConfiguration.in(folder);
    ArchiveConfiguration compressing =
        new ArchiveConfiguration(
            folder, folder, true, true, c.ingest(), c.metadata(), c.headerCacheBytes(), 8, 0);
    try (OpenArchive open = new OpenArchive(compressing, IngestFilter.ALL)) {
      run(open, files(Level.SERIES, ids.series()));
      Attachment now = attachment(open, ids);
      assertThat(now.uuid()).isNotEqualTo(old);
      assertThat(now.compression()).isEqualTo(Attachment.Compression.ZLIB);
      assertThat(now.size()).isEqualTo(file.length);
      assertThat(now.storedSize()).isLessThan(file.length);
      try (var opened = open.archive.retrieval().openFile(ids.instance()).orElseThrow()) {
        assertThat(opened.bytes().read(0, file.length)).isEqualTo(file);
      }
      long stored =
          open.ids(Level.INSTANCE).stream()
              .mapToLong(id ->
                  open.read(reader -> reader.attachment(Level.INSTANCE, id, Attachment.DICOM))
                      .orElseThrow()
                      .storedSize())
              .sum();
      assertThat(open.statistics().diskSize()).isEqualTo(stored);
      Statistics study =
          open.read(reader -> reader.statistics(Level.STUDY, ids.study())).orElseThrow();
      assertThat(study.dicomDiskSize()).isEqualTo(stored);
      open.await(() -> open.blobs() == 2);
    }
  }

  private static Attachment attachment(OpenArchive open, Lineage ids) {
    return open.read(reader -> reader.attachment(Level.INSTANCE, ids.instance(), Attachment.DICOM))
        .orElseThrow();
  }

  private Path fileOf(OpenArchive open, Lineage ids) throws Exception {
    String name = attachment(open, ids).uuid().toString();
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @Test
  void what_cannot_be_read_is_left_as_it_is_and_the_next_one_counts() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage missing = open.store(named("Missing", 1, 1, 1));
      Lineage damaged = open.store(named("Damaged", 1, 1, 2));
      Lineage ids = open.store(named("Whole", 1, 1, 3));
      Files.delete(fileOf(open, missing));
      Path file = fileOf(open, damaged);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.delete(file);
      Files.write(file, bytes);
      UUID before = attachment(open, damaged).uuid();
      Job job = run(open, files(Level.PATIENT, ids.patient()));
      assertThat(job.status().content().get("FailedInstancesCount"))
          .isEqualTo(new JsonValue.Whole(2));
      assertThat(names(open, ids)).containsOnly("Whole");
      assertThat(attachment(open, damaged).uuid()).isEqualTo(before);
    }
  }

  @Test
  void goes_on_behind_the_last_step_wherever_it_was_stopped() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage gone = open.store(named("Gone", 1, 1, 9));
      List<Lineage> all = new ArrayList<>();
      for (int n = 0; n < 12; n++) {
        all.add(open.store(named("N" + n, 1 + n % 3, 1 + n % 2, n)));
      }
      open.archive.index().write(writer -> writer.delete(Level.INSTANCE, gone.instance()));
      Submission wanted =
          open.archive
              .reconstruction()
              .submission(new Request(Optional.empty(), true, false), true);
      List<UUID> before = all.stream().map(ids -> attachment(open, ids).uuid()).toList();
      JobType type =
          open.archive.reconstruction().jobTypes().stream()
              .filter(each -> each.name().equals(wanted.type()))
              .findFirst()
              .orElseThrow();
      JsonValue checkpoint = new JsonValue.Null();
      int steps = 0;
      Step last = Step.MORE;
      while (last == Step.MORE) {
        try (JobRun run = type.open(wanted.seed(), checkpoint)) {
          last = run.step();
          checkpoint = run.checkpoint();
          steps++;
        }
      }
      assertThat(steps).isEqualTo(13);
      assertThat(all).noneMatch(ids -> before.contains(attachment(open, ids).uuid()));
      assertThat(names(open, all.get(0))).containsOnly("N0");
      assertThat(names(open, all.get(3))).containsExactly("N0", "N0", "N0", "N3");
      assertThat(names(open, all.get(1))).containsExactly("N0", "N1", "N1", "N1");
    }
  }

  @Test
  void clients_see_no_job_that_they_did_not_ask_for() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(named("Gone", 1, 1, 1));
      Job end = open.jobs().run(open.archive.reconstruction().submission(ALL, false));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      assertThat(open.jobs().ids()).isEmpty();
      assertThat(open.jobs().job(end.id())).isEmpty();
      UUID seen = run(open, ALL).id();
      assertThat(open.jobs().ids()).containsExactly(seen);
    }
  }

  @Test
  void headers_in_memory_are_those_of_the_new_files() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage ids = open.store(named("Name", 1, 1, 1).withPixels(20_000, 7));
      assertThat(open.archive.retrieval().header(ids.instance())).isPresent();
      run(open, files(Level.INSTANCE, ids.instance()));
      open.await(() -> open.blobs() == 1);
      open.archive.retrieval().forgetHeaders();
      try (OpenInstance held =
          open.archive
              .retrieval()
              .hold(open.archive.retrieval().header(ids.instance()).orElseThrow())) {
        assertThat(held.file().values().read(128, 4)).isEqualTo("DICM".getBytes("US-ASCII"));
      }
    }
  }
}
