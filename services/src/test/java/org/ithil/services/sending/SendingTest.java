package org.ithil.services.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances of an archive go to a modality, well-behaved or not. */
@Timeout(60)
class SendingTest {
  private static final String RLE = Uid.RLELossless;
  private static final ReadOptions READING = ReadOptions.DEFAULT;
  private static final ModalityClient CLIENT =
      new ModalityClient(ModalityClient.Rules.of("HERE"), SocketFactory.getDefault());

  @TempDir Path folder;
  private Archive archive;
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    archive =
        Archive.open(
            ArchiveConfiguration.in(folder),
            Archive.Surroundings.usual(new DefaultCharacterSet(DefaultEncoding.UTF8)));
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    archive.close();
  }

  private static void put(DataSet.Builder dataSet, int tag, String text) {
    Vr vr = Dictionary.vrOf(tag);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] even = bytes.length % 2 == 0 ? bytes : java.util.Arrays.copyOf(bytes, bytes.length + 1);
    if (bytes.length % 2 != 0) {
      even[bytes.length] = vr.padding();
    }
    dataSet.put(new Element(tag, vr, new Value.Bytes(even)));
  }

  private ResourceId store(String sopClass, String uid, String syntax, int pixels)
      throws Exception {
    DataSet.Builder dataSet = new DataSet.Builder();
    put(dataSet, Tag.SpecificCharacterSet, "ISO_IR 192");
    put(dataSet, Tag.SOPClassUID, sopClass);
    put(dataSet, Tag.SOPInstanceUID, uid);
    put(dataSet, Tag.PatientName, "Müller^Jürgen");
    put(dataSet, Tag.PatientID, "Ä1");
    put(dataSet, Tag.StudyInstanceUID, "1.2");
    put(dataSet, Tag.SeriesInstanceUID, "1.2.3");
    byte[] samples = new byte[pixels];
    java.util.Arrays.fill(samples, 0, pixels / 2, (byte) 7);
    dataSet.put(
        new Element(
            Tag.PixelData,
            Vr.OW,
            syntax.equals(RLE)
                ? new Value.Fragments(
                    List.of(new Value.Bytes(new byte[0]), new Value.Bytes(samples)))
                : new Value.Bytes(samples)));
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, Tag.TransferSyntaxUID, syntax);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta.build(), dataSet.build(), ByteSource.of(new byte[0]), out);
    try (SpooledFile file = archive.spool().spool(new ByteArrayInputStream(out.toByteArray()))) {
      archive.ingest().ingest(file, new Origin.Internal());
    }
    return ResourceId.ofInstance("Ä1", "1.2", "1.2.3", uid);
  }

  private ResourceId store(String uid) throws Exception {
    return store(Uid.CTImageStorage, uid, Uid.ExplicitVRLittleEndian, 100);
  }

  private StoreRequest request(boolean permissive, List<ResourceId> ids) {
    return request(receiver.modality(), permissive, ids);
  }

  private static StoreRequest request(Modality modality, boolean permissive, List<ResourceId> ids) {
    SortedMap<ResourceId, Level> resources = new TreeMap<>();
    return new StoreRequest(
        modality,
        "HERE",
        Duration.ofSeconds(1),
        "test",
        Optional.empty(),
        permissive,
        resources,
        ids);
  }

  private JobRun run(StoreRequest request, JsonValue checkpoint) {
    return new StoreJob(archive.index(), archive.retrieval(), CLIENT, SendingRules.DEFAULT)
        .open(request.toJson(), checkpoint);
  }

  private JsonValue finish(StoreRequest request) throws Exception {
    try (JobRun run = run(request, new JsonValue.Null())) {
      while (run.step() == JobRun.Step.MORE) {
        // More.
      }
      assertThat(run.progress()).isEqualTo(1);
      return run.checkpoint();
    }
  }

  @Test
  void sends_all_instances_as_they_are_over_one_association() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"), store("1.2"), store("1.3"), store("1.1"));

    finish(request(false, ids));

    assertThat(receiver.uids()).containsExactly("1.1", "1.2", "1.3", "1.1");
    assertThat(receiver.requests).hasSize(1);
    assertThat(receiver.requests.getFirst().callingAet().strip()).isEqualTo("HERE");
    assertThat(receiver.requests.getFirst().calledAet().strip()).isEqualTo("THERE");
    DataSet there =
        DicomReader.readDataSet(
                ByteSource.of(receiver.stored.getFirst().bytes()),
                TransferSyntax.EXPLICIT_LE,
                ReadOptions.DEFAULT)
            .dataSet();
    assertThat(new String(there.get(Tag.PatientName).bytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("Müller^Jürgen");
  }

  @Test
  void tells_who_asked_for_a_move() throws Exception {
    StoreRequest plain = request(false, List.of(store("1.1")));
    MoveOriginator mover = new MoveOriginator("MOVER", OptionalInt.of(77));

    finish(
        new StoreRequest(
            plain.modality(),
            plain.localAet(),
            plain.timeout(),
            "",
            Optional.of(new StoreRequest.Mover("MOVER", 77)),
            false,
            plain.resources(),
            plain.instances()));

    assertThat(receiver.stored.getFirst().request().originator()).contains(mover);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.ExplicitVRLittleEndian,
        Uid.ImplicitVRLittleEndian,
        Uid.ExplicitVRBigEndian,
        Uid.DeflatedExplicitVRLittleEndian
      })
  void uncompressed_instances_are_encoded_as_the_receiver_wants(String wanted) throws Exception {
    receiver.choice = proposed -> Optional.of(wanted).filter(proposed.transferSyntaxes()::contains);
    List<ResourceId> ids = new ArrayList<>();
    ids.add(store(Uid.CTImageStorage, "1.1", Uid.ExplicitVRLittleEndian, 200_000));
    ids.add(store(Uid.CTImageStorage, "1.2", Uid.ImplicitVRLittleEndian, 200_000));
    ids.add(store(Uid.CTImageStorage, "1.3", Uid.ExplicitVRBigEndian, 200_000));
    ids.add(store(Uid.CTImageStorage, "1.4", Uid.DeflatedExplicitVRLittleEndian, 200_000));

    finish(request(false, ids));

    for (Receiver.Stored one : receiver.stored) {
      assertThat(one.syntax()).isEqualTo(wanted);
      DataSet there =
          DicomReader.readDataSet(
                  ByteSource.of(one.bytes()),
                  TransferSyntax.of(wanted),
                  ReadOptions.DEFAULT.withLargeValue(1 << 20))
              .dataSet();
      assertThat(there.ascii(Tag.SOPInstanceUID).orElseThrow())
          .startsWith(one.request().sopInstance());
      assertThat(there.get(Tag.PixelData).bytes()).hasSize(200_000).startsWith(7, 7);
    }
    assertThat(receiver.stored).hasSize(4);
  }

  @Test
  void a_compressed_instance_goes_only_where_its_syntax_is_taken() throws Exception {
    ResourceId id = store(Uid.CTImageStorage, "1.1", RLE, 100);
    finish(request(false, List.of(id)));
    assertThat(receiver.stored.getFirst().syntax()).isEqualTo(RLE);
    receiver.choice =
        proposed ->
            Optional.of(Uid.ImplicitVRLittleEndian).filter(proposed.transferSyntaxes()::contains);

    assertThatThrownBy(() -> finish(request(false, List.of(id))))
        .isInstanceOfSatisfying(
            ModalityException.CannotTranscode.class,
            e -> assertThat(e.to()).containsExactly(Uid.ImplicitVRLittleEndian));
  }

  @Test
  void more_kinds_of_instances_than_contexts_take_several_associations() throws Exception {
    List<ResourceId> ids = new ArrayList<>();
    List<String> uids = new ArrayList<>();
    for (int i = 1; i <= 150; i++) {
      uids.add("1.5." + i);
      ids.add(store("1.2.840.10008.5.1.4.1.1.7777." + i, uids.getLast(), RLE, 10));
    }

    finish(request(false, ids));

    assertThat(receiver.uids()).isEqualTo(uids);
    assertThat(receiver.requests).hasSize(4);
    assertThat(receiver.requests)
        .allSatisfy(request -> {
          assertThat(request.contexts()).hasSizeLessThanOrEqualTo(128);
          assertThat(request.contexts().stream().map(ProposedContext::id))
              .doesNotHaveDuplicates()
              .allMatch(id -> id % 2 == 1 && id < 256);
        });
  }

  @Test
  void goes_on_behind_the_last_confirmed_instance() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"), store("1.2"), store("1.3"));
    JsonValue checkpoint;
    try (JobRun run = run(request(false, ids), new JsonValue.Null())) {
      run.step();
      checkpoint = run.checkpoint();
    }
    try (JobRun run = run(request(false, ids), checkpoint)) {
      assertThat(run.progress()).isBetween(0.33, 0.34);
      assertThat(run.step()).isEqualTo(JobRun.Step.MORE);
      assertThat(run.step()).isEqualTo(JobRun.Step.DONE);
    }

    assertThat(receiver.uids()).containsExactly("1.1", "1.2", "1.3");
  }

  @Test
  void a_receiver_that_fills_up_ends_the_job() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"), store("1.2"), store("1.3"));
    receiver.manner = Receiver.Manner.IS_FULL;
    receiver.before = 1;

    try (JobRun run = run(request(false, ids), new JsonValue.Null())) {
      run.step();
      assertThatThrownBy(run::step)
          .isInstanceOfSatisfying(
              ModalityException.Failed.class, e -> assertThat(e.status().code()).isEqualTo(0xa700));
      assertThat(run.progress()).isBetween(0.33, 0.34);
    }
  }

  @Test
  void a_permissive_job_goes_on_after_failures_and_aborts() throws Exception {
    List<ResourceId> ids =
        List.of(store("1.1"), store("1.2"), ResourceId.ofPatient("gone"), store("1.3"));
    receiver.manner = Receiver.Manner.IS_FULL;
    receiver.before = 1;
    assertThat(finish(request(true, ids))).isEqualTo(done(4, 3));
    assertThat(receiver.requests).as("a status does not end the association").hasSize(1);

    receiver.manner = Receiver.Manner.ABORTS;
    receiver.before = 2;
    assertThat(finish(request(true, ids))).isEqualTo(done(4, 3));
    assertThat(receiver.uids()).containsExactly("1.1", "1.1");
  }

  @Test
  void a_permissive_job_gives_up_a_receiver_that_cannot_be_reached() throws Exception {
    List<ResourceId> ids = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      ids.add(store("1." + i));
    }
    receiver.manner = Receiver.Manner.REJECTS;

    assertThat(finish(request(true, ids))).isEqualTo(done(20, 20));

    assertThat(receiver.requests).hasSize(3);
  }

  @Test
  void a_receiver_that_comes_back_gets_the_rest() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"), store("1.2"), store("1.3"), store("1.4"));
    receiver.manner = Receiver.Manner.REJECTS;
    try (JobRun run = run(request(true, ids), new JsonValue.Null())) {
      run.step();
      run.step();
      receiver.manner = Receiver.Manner.STORES;
      run.step();
      assertThat(run.step()).isEqualTo(JobRun.Step.DONE);
      assertThat(run.checkpoint()).isEqualTo(done(4, 2));
    }
    assertThat(receiver.uids()).containsExactly("1.3", "1.4");
  }

  /** Opens files only when several are wanted at the same time. */
  private static final class SeveralAtOnce implements Retrieval {
    private final Retrieval retrieval;
    private final CyclicBarrier several;

    SeveralAtOnce(Retrieval retrieval, int several) {
      this.retrieval = retrieval;
      this.several = new CyclicBarrier(several);
    }

    @Override
    public Optional<OpenAttachment> open(Level level, ResourceId id, int type) throws IOException {
      try {
        several.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IOException(e);
      }
      return retrieval.open(level, id, type);
    }

    @Override
    public Optional<DicomFile> header(ResourceId instance) throws IOException {
      return retrieval.header(instance);
    }

    @Override
    public OpenInstance hold(DicomFile header) {
      return retrieval.hold(header);
    }

    @Override
    public Optional<OpenInstance> dataSet(ResourceId instance) throws IOException {
      return retrieval.dataSet(instance);
    }

    @Override
    public void forgetHeaders() {
      retrieval.forgetHeaders();
    }
  }

  @Test
  void as_many_instances_are_read_at_the_same_time_as_the_rules_say() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"), store("1.2"), store("1.3"), store("1.4"));
    SendingRules two = new SendingRules(true, Uid.ExplicitVRLittleEndian, 4, 1 << 20, 2, READING);
    SeveralAtOnce retrieval = new SeveralAtOnce(archive.retrieval(), 2);
    try (JobRun run =
        new StoreJob(archive.index(), retrieval, CLIENT, two)
            .open(request(false, ids).toJson(), new JsonValue.Null())) {
      while (run.step() == JobRun.Step.MORE) {
        // More.
      }
    }
    assertThat(receiver.uids()).containsExactly("1.1", "1.2", "1.3", "1.4");
  }

  private static JsonValue done(int instances, int failed) {
    return new StoreRun.Done(instances, failed).toJson();
  }

  @Test
  void an_instance_that_is_gone_ends_the_job() throws Exception {
    ResourceId gone = ResourceId.ofPatient("gone");
    assertThatThrownBy(() -> finish(request(false, List.of(gone))))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void a_receiver_that_rejects_or_is_not_there_is_told_apart() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"));
    receiver.manner = Receiver.Manner.REJECTS;
    assertThatThrownBy(() -> finish(request(false, ids)))
        .isInstanceOfSatisfying(
            ModalityException.NoAssociation.class,
            e -> assertThat(e.reason()).isEqualTo(ModalityException.NoAssociation.Reason.REJECTED));
    receiver.close();
    assertThatThrownBy(() -> finish(request(false, ids)))
        .isInstanceOfSatisfying(
            ModalityException.NoAssociation.class,
            e ->
                assertThat(e.reason())
                    .isEqualTo(ModalityException.NoAssociation.Reason.CONNECTION_REFUSED));
  }

  @Test
  void a_receiver_that_takes_nothing_of_the_kind_is_told_apart() throws Exception {
    List<ResourceId> ids = List.of(store("1.1"));
    receiver.choice = _ -> Optional.empty();
    assertThatThrownBy(() -> finish(request(false, ids)))
        .isInstanceOf(ModalityException.NothingAccepted.class);
    receiver.choice =
        proposed ->
            proposed.abstractSyntax().equals(Uid.MRImageStorage)
                ? Optional.of(proposed.transferSyntaxes().getFirst())
                : Optional.empty();
    assertThatThrownBy(() -> finish(request(false, ids)))
        .isInstanceOf(ModalityException.ClassRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IS_SILENT", "ABORTS", "READS_NOTHING"})
  void an_association_that_breaks_ends_the_job(String manner) throws Exception {
    List<ResourceId> ids =
        List.of(store(Uid.CTImageStorage, "1.1", Uid.ExplicitVRLittleEndian, 20 << 20));
    receiver.manner = Receiver.Manner.valueOf(manner);

    assertThatThrownBy(() -> finish(request(false, ids)))
        .isInstanceOf(ModalityException.Broken.class);
  }

  @Test
  void an_interruption_ends_a_transfer_that_is_stuck() throws Exception {
    ResourceId id = store(Uid.CTImageStorage, "1.1", Uid.ExplicitVRLittleEndian, 20 << 20);
    receiver.manner = Receiver.Manner.READS_NOTHING;
    StoreRequest patient = request(true, List.of(id, id));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              StoreRequest endless =
                  new StoreRequest(
                      patient.modality(),
                      "HERE",
                      Duration.ZERO,
                      "",
                      Optional.empty(),
                      true,
                      patient.resources(),
                      patient.instances());
              try (JobRun run = run(endless, new JsonValue.Null())) {
                run.step();
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    receiver.begun.await();

    sender.interrupt();
    sender.join();

    assertThat(thrown.get()).as("in the file or on the network").isInstanceOf(IOException.class);
  }
}
