package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobRun.Step;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  @TempDir Path folder;
  private OpenArchive open;
  private Packing packing;

  @BeforeEach
  void open() throws IOException {
    open = new OpenArchive(folder);
    packing =
        new Packing(
            PackingRules.DEFAULT,
            new Packing.Surroundings(
                open.archive.index(),
                open.archive.retrieval(),
                open.archive.spool(),
                open.archive.blobs(),
                open.archive.outputs(),
                ReadOptions.DEFAULT,
                Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    packing.close();
    open.close();
  }

  /** Keeps an archive in memory. */
  private static final class Memory implements Destination {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean complete;
    boolean failed;

    @Override
    public OutputStream open(JobRun.Place place) {
      return bytes;
    }

    @Override
    public List<JobOutput> complete() {
      complete = true;
      return List.of();
    }

    @Override
    public void fail(Throwable failure) {
      failed = true;
    }

    @Override
    public void close() {
      // Nothing is held.
    }

    Map<String, byte[]> files() throws IOException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
          assertThat(files.put(e.getName(), zip.readAllBytes())).isNull();
        }
      }
      return files;
    }
  }

  private static PackingRequest request(boolean media, String transcode, ResourceId... ids) {
    return new PackingRequest(
        media,
        List.of(ids),
        false,
        false,
        false,
        Optional.ofNullable(transcode),
        OptionalInt.empty(),
        "a.zip");
  }

  private Map<String, byte[]> packed(PackingRequest request) throws Exception {
    Memory memory = new Memory();
    try (JobRun run = packing.run(request, memory)) {
      runAll(run);
      assertThat(run.progress()).isEqualTo(1);
      assertThat(text(run, "ArchiveSize")).isEqualTo(Integer.toString(memory.bytes.size()));
    }
    assertThat(memory.complete).isTrue();
    return memory.files();
  }

  private static String text(JobRun run, String name) {
    return run.content().get(name) instanceof JsonValue.Text(String text) ? text : "";
  }

  private static Step.Done runAll(JobRun run) throws Exception {
    Step step = run.step();
    while (step instanceof Step.More) {
      step = run.step();
    }
    return (Step.Done) step;
  }

  @Test
  void packs_files_as_they_are() throws Exception {
    Map<String, byte[]> sent = new LinkedHashMap<>();
    Random random = new Random(7);
    Lineage last = null;
    for (int n = 1; n <= 30; n++) {
      byte[] pixels = new byte[random.nextInt(300_000)];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) random.nextInt(1 + n * 8);
      }
      Made made = Made.instance("P", 1, 1, n).with(Tag.PixelData, Vr.OB, pixels);
      sent.put("P - Name^P/Unknown Study/OT/OT%06d.dcm".formatted(n), made.bytes());
      last = open.store(made);
    }
    assertThat(packed(request(false, null, last.patient()))).containsExactlyEntriesOf(sent);
  }

  @Test
  void packs_large_files_piece_by_piece() throws Exception {
    byte[] pixels = new byte[20 << 20];
    Random random = new Random(3);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(40);
    }
    Made made = Made.instance("P", 1, 1, 1).with(Tag.PixelData, Vr.OB, pixels);
    Lineage stored = open.store(made);
    assertThat(packed(request(false, null, stored.series())).values())
        .containsExactly(made.bytes());
    Map<String, byte[]> medium = packed(request(true, null, stored.study()));
    assertThat(medium.get("IMAGES/IM0")).isEqualTo(made.bytes());
    assertThat(medium).containsKey("DICOMDIR");
    DicomFile anew =
        DicomReader.readFile(
            ByteSource.of(
                packed(request(false, IMPLICIT, stored.series())).values().iterator().next()),
            ReadOptions.DEFAULT);
    assertThat(anew.transferSyntax().uid()).isEqualTo(IMPLICIT);
    assertThat(anew.values().read(anew.pixelDataOffset().orElseThrow() + 8, pixels.length))
        .isEqualTo(pixels);
  }

  @Test
  void counts_once_what_is_asked_for_twice() throws Exception {
    Lineage first = open.store(Made.instance("P", 1, 1, 1));
    Lineage second = open.store(Made.instance("P", 1, 1, 2));
    open.store(Made.instance("P", 1, 2, 1));
    PackingRequest request =
        request(
            false, null, second.instance(), first.instance(), second.instance(), first.series());
    try (JobRun run = packing.run(request, new Memory())) {
      assertThat(run.content().get("InstancesCount")).isEqualTo(new JsonValue.Whole(2));
    }
    assertThat(packed(request)).hasSize(2);
    assertThat(packed(request(false, null, second.instance())))
        .containsOnlyKeys("P - Name^P/Unknown Study/OT/OT000002.dcm");
  }

  @Test
  void leaves_out_what_was_deleted_meanwhile() throws Exception {
    Lineage kept = open.store(Made.instance("P", 1, 1, 1));
    Lineage gone = open.store(Made.instance("P", 1, 1, 2));
    Memory memory = new Memory();
    try (JobRun run = packing.run(request(false, null, kept.patient()), memory)) {
      open.archive.deletion().delete(Level.INSTANCE, gone.instance());
      runAll(run);
    }
    assertThat(memory.files()).containsOnlyKeys("P - Name^P/Unknown Study/OT/OT000001.dcm");
    open.archive.deletion().delete(Level.PATIENT, kept.patient());
    assertThat(packed(request(false, null, kept.patient()))).isEmpty();
  }

  @Test
  void leaves_the_archive_as_an_output_of_its_job() throws Exception {
    Lineage stored = open.store(Made.instance("P", 1, 1, 1));
    PackingRequest request = request(false, null, stored.study());
    Step.Done done;
    try (JobRun run = packing.jobTypes().getFirst().open(request.seed(), new JsonValue.Null())) {
      done = runAll(run);
    }
    JobOutput output = done.outputs().getFirst();
    assertThat(output.name()).isEqualTo("archive");
    assertThat(output.filename()).isEqualTo("a.zip");
    try (var blob = open.archive.blobs().open(output.blob())) {
      assertThat(blob.size()).isEqualTo(output.size());
    }
  }

  @Test
  void a_request_is_read_back_from_its_seed() {
    PackingRequest request =
        new PackingRequest(
            true,
            List.of(ResourceId.ofPatient("P"), ResourceId.ofPatient("Q")),
            true,
            true,
            true,
            Optional.of(IMPLICIT),
            OptionalInt.of(70),
            "x\"y.zip");
    assertThat(PackingRequest.of(true, request.seed())).isEqualTo(request);
  }

  @Test
  void says_when_it_takes_a_codec_to_change_the_transfer_syntax() throws Exception {
    Lineage stored = open.store(Made.instance("P", 1, 1, 1).withPixels(100, 1));
    Memory memory = new Memory();
    try (JobRun run =
        packing.run(request(false, "1.2.840.10008.1.2.4.70", stored.study()), memory)) {
      assertThatThrownBy(() -> runAll(run)).isInstanceOf(TranscodingException.class);
    }
    assertThat(memory.failed).isTrue();
  }

  @Test
  void gives_up_in_the_middle() throws Exception {
    Lineage last = null;
    for (int n = 1; n <= 40; n++) {
      last = open.store(Made.instance("P", 1, 1, n).withPixels(10_000, n));
    }
    try (JobRun run =
        packing
            .jobTypes()
            .getFirst()
            .open(request(false, null, last.study()).seed(), new JsonValue.Null())) {
      run.step();
      assertThat(run.progress()).isBetween(0.01, 0.5);
    }
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
    assertThat(packed(request(false, null, last.study()))).hasSize(40);
  }

  @Test
  void a_medium_has_a_directory_that_dcmdump_follows() throws Exception {
    List<Lineage> stored = new java.util.ArrayList<>();
    for (String name :
        List.of(
            "objects/sr/basic_text.dcm",
            "objects/encapsulated/pdf.dcm",
            "charset/chrFren.dcm",
            "series/ct-tiny-legacy-enhanced/ct_1.dcm",
            "series/ct-tiny-legacy-enhanced/ct_2.dcm",
            "series/ct-tiny-legacy-enhanced/seg.dcm")) {
      stored.add(
          ((org.ithil.archive.ingest.IngestOutcome.Stored) open.ingestShared(name)).lineage());
    }
    Map<String, byte[]> files =
        packed(
            request(true, null, stored.stream().map(Lineage::patient).toArray(ResourceId[]::new)));
    assertThat(files).hasSize(7).containsKeys("DICOMDIR", "IMAGES/IM0", "IMAGES/IM5");
    Path directory = Files.write(folder.resolve("DICOMDIR"), files.get("DICOMDIR"));
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/dcmdump")), "skipped: no dcmdump");
    Process process =
        new ProcessBuilder("/usr/bin/dcmdump", directory.toString())
            .redirectErrorStream(true)
            .start();
    String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).isZero();
    assertThat(dump).doesNotContain("W: ").doesNotContain("E: ");
    assertThat(dump).contains("[SR DOCUMENT]", "[ENCAP DOC]", "[IMAGE]", "Buc^Jérôme");
  }
}
