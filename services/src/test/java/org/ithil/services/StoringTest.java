package org.ithil.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.services.OpenEntity.BIG_ENDIAN;
import static org.ithil.services.OpenEntity.CT;
import static org.ithil.services.OpenEntity.DEFLATED;
import static org.ithil.services.OpenEntity.EXPLICIT;
import static org.ithil.services.OpenEntity.IMPLICIT;
import static org.ithil.services.OpenEntity.MR;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.scu.ClientAssociation;
import org.ithil.services.access.AccessRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-STORE from the wire into the archive, PS3.4 B. */
class StoringTest {
  private static final DataSet MINIMAL =
      dataSet(
          uid(Tag.SOPClassUID, MR),
          uid(Tag.SOPInstanceUID, "1.2.3.4"),
          text(Tag.PatientName, Vr.PN, "Doe^Jane"),
          text(Tag.PatientID, Vr.LO, "P1"),
          uid(Tag.StudyInstanceUID, "1.2.3"),
          uid(Tag.SeriesInstanceUID, "1.2.3.1"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED})
  void an_instance_is_kept_as_it_came(String syntax) throws Exception {
    byte[] bytes = OpenEntity.encoded(MINIMAL, syntax);
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      assertThat(store(entity, syntax, bytes)).isEqualTo(Status.SUCCESS);
      assertThat(store(entity, syntax, bytes)).as("again").isEqualTo(Status.SUCCESS);
      assertThat(entity.instances()).isEqualTo(1);
      byte[] file = onlyFile(entity);
      assertThat(file).endsWith(bytes);
      DicomFile header = onlyHeader(entity);
      assertThat(header.transferSyntax().uid()).isEqualTo(syntax);
      assertThat(header.meta().ascii(FileMeta.MEDIA_STORAGE_SOP_CLASS_UID)).contains(MR);
      assertThat(header.meta().ascii(FileMeta.MEDIA_STORAGE_SOP_INSTANCE_UID)).contains("1.2.3.4");
      assertThat(header.dataSet()).isEqualTo(MINIMAL);
    }
  }

  @Test
  void the_sender_is_noted() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      store(entity, EXPLICIT, OpenEntity.encoded(MINIMAL, EXPLICIT));
      assertThat(metadata(entity, Metadata.REMOTE_AET)).isEqualTo("CALLER");
      assertThat(metadata(entity, Metadata.CALLED_AET)).isEqualTo("OWN");
      assertThat(metadata(entity, Metadata.REMOTE_IP)).isEqualTo("127.0.0.1");
      assertThat(metadata(entity, Metadata.ORIGIN)).isEqualTo("DicomProtocol");
      assertThat(metadata(entity, Metadata.TRANSFER_SYNTAX)).isEqualTo(EXPLICIT);
    }
  }

  @Test
  void the_patient_may_be_absent_or_empty() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      DataSet without = MINIMAL.toBuilder().remove(Tag.PatientID).build();
      assertThat(store(entity, without)).isEqualTo(Status.SUCCESS);
      DataSet empty = MINIMAL.toBuilder().put(text(Tag.PatientID, Vr.LO, "")).build();
      assertThat(store(entity, empty)).isEqualTo(Status.SUCCESS);
    }
  }

  @Test
  void what_does_not_fit_the_command_is_a900() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      assertThat(store(entity, with(Tag.SOPInstanceUID, "1.2.3.5")))
          .isEqualTo(Status.DATA_SET_MISMATCH);
      assertThat(store(entity, with(Tag.SOPClassUID, CT))).isEqualTo(Status.DATA_SET_MISMATCH);
      assertThat(entity.instances()).isZero();
    }
  }

  @Test
  void what_says_not_what_it_is_is_c000() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      for (DataSet dataSet :
          List.of(
              MINIMAL.toBuilder().remove(Tag.SOPClassUID).build(),
              MINIMAL.toBuilder().remove(Tag.SOPInstanceUID).build(),
              with(Tag.SOPInstanceUID, ""),
              DataSet.EMPTY)) {
        assertThat(store(entity, dataSet)).isEqualTo(Status.CANNOT_UNDERSTAND);
      }
      assertThat(entity.instances()).isZero();
    }
  }

  @Test
  void what_belongs_to_no_study_or_series_is_a700() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID}) {
        assertThat(store(entity, MINIMAL.toBuilder().remove(tag).build()))
            .isEqualTo(Status.OUT_OF_RESOURCES);
        assertThat(store(entity, with(tag, ""))).isEqualTo(Status.OUT_OF_RESOURCES);
      }
      assertThat(entity.instances()).isZero();
    }
  }

  @Test
  void nesting_without_end_is_a700() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      DataSet nested = DataSet.EMPTY;
      for (int i = 0; i < 70; i++) {
        nested =
            dataSet(
                new Element(Tag.ReferencedStudySequence, Vr.SQ, new Value.Items(List.of(nested))));
      }
      DataSet.Builder deep = MINIMAL.toBuilder();
      nested.forEach(deep::put);
      assertThat(store(entity, deep.build())).isEqualTo(Status.OUT_OF_RESOURCES);
    }
  }

  @Test
  void the_header_of_an_instance_is_read_once() throws Exception {
    IngestRules d = IngestRules.DEFAULT;
    IngestRules indexOnly =
        new IngestRules(d.mainTags(), d.overwrite(), d.stableAge(), 0, 0, false, true, false);
    AtomicReference<CountingSpool> spool = new AtomicReference<>();
    try (OpenEntity entity =
        new OpenEntity(
            ArchiveConfiguration.in(folder).with(indexOnly),
            AccessRules.DEFAULT,
            real -> {
              spool.set(new CountingSpool(real));
              return spool.get();
            })) {
      assertThat(store(entity, MINIMAL)).isEqualTo(Status.SUCCESS);
      assertThat(entity.instances()).isEqualTo(1);
    }
    assertThat(spool.get().beginnings).hasValue(1);
  }

  @Test
  void a_full_archive_is_a700() throws Exception {
    IngestRules full =
        new IngestRules(
            IngestRules.DEFAULT.mainTags(),
            IngestRules.Overwrite.NEVER,
            IngestRules.DEFAULT.stableAge(),
            10,
            0,
            false,
            true,
            true);
    try (OpenEntity entity =
        new OpenEntity(ArchiveConfiguration.in(folder).with(full), AccessRules.DEFAULT)) {
      assertThat(store(entity, MINIMAL)).isEqualTo(Status.OUT_OF_RESOURCES);
      assertThat(entity.instances()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ffffffffffffffffffffffffffffffff", "0800160055490c00312e", "080016005549"})
  void what_is_no_data_set_ends_the_association(String hex) throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      assertThatThrownBy(() -> store(entity, EXPLICIT, HexFormat.of().parseHex(hex)))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ABORTED));
      assertThat(entity.instances()).isZero();
      assertThat(store(entity, MINIMAL)).isEqualTo(Status.SUCCESS);
    }
  }

  @Test
  void a_disorderly_data_set_is_put_in_order() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Element element :
        List.of(
            text(Tag.PatientID, Vr.LO, "P1"),
            uid(Tag.SOPClassUID, MR),
            text(0x00080000, Vr.UL, "wron"),
            uid(Tag.SeriesInstanceUID, "1.2.3.1"),
            uid(Tag.SOPInstanceUID, "1.2.3.4"),
            text(Tag.PatientName, Vr.PN, "Doe^Jane"),
            uid(Tag.StudyInstanceUID, "1. 2.3"))) {
      byte[] one = raw(element);
      bytes.write(one);
    }
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      assertThat(store(entity, EXPLICIT, bytes.toByteArray())).isEqualTo(Status.SUCCESS);
      assertThat(onlyFile(entity)).endsWith(OpenEntity.encoded(MINIMAL, EXPLICIT));
    }
  }

  @Test
  void group_lengths_are_dropped_and_nothing_else_changes() throws Exception {
    byte[] good = OpenEntity.encoded(MINIMAL, EXPLICIT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(raw(text(0x00080000, Vr.UL, "abcd")));
    bytes.write(good);
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      assertThat(store(entity, EXPLICIT, bytes.toByteArray())).isEqualTo(Status.SUCCESS);
      assertThat(onlyFile(entity)).endsWith(good);
      assertThat(onlyHeader(entity).dataSet()).isEqualTo(MINIMAL);
    }
  }

  @Test
  void a_sender_that_breaks_off_leaves_nothing() throws Exception {
    try (OpenEntity entity = new OpenEntity(folder, AccessRules.DEFAULT)) {
      ClientAssociation client = entity.associate(MR, EXPLICIT);
      byte[] bytes = OpenEntity.encoded(MINIMAL, EXPLICIT);
      assertThatThrownBy(() ->
              client.store(
                  MR,
                  "1.2.3.4",
                  EXPLICIT,
                  out -> {
                    out.write(bytes);
                    out.write(new byte[1_000_000]);
                    throw new IOException("enough");
                  }))
          .hasMessage("enough");
      client.close();
      assertThat(store(entity, MINIMAL)).isEqualTo(Status.SUCCESS);
      assertThat(entity.instances()).isEqualTo(1);
    }
    assertThat(folder.resolve(".spool")).isEmptyDirectory();
  }

  private static Status store(OpenEntity entity, DataSet dataSet) throws IOException {
    return store(entity, EXPLICIT, OpenEntity.encoded(dataSet, EXPLICIT));
  }

  private static Status store(OpenEntity entity, String syntax, byte[] bytes) throws IOException {
    try (ClientAssociation client = entity.associate(MR, syntax)) {
      Status status = client.store(MR, "1.2.3.4", syntax, out -> out.write(bytes));
      client.release();
      return status;
    }
  }

  private static ResourceId only(OpenEntity entity) {
    return entity
        .archive
        .index()
        .read(reader -> reader.ids(Level.INSTANCE, org.ithil.archive.index.Page.ALL).getFirst());
  }

  private static DicomFile onlyHeader(OpenEntity entity) throws IOException {
    return entity.archive.retrieval().header(only(entity)).orElseThrow();
  }

  private static byte[] onlyFile(OpenEntity entity) throws IOException {
    try (Retrieval.OpenAttachment open =
        entity.archive.retrieval().openFile(only(entity)).orElseThrow()) {
      return open.bytes().read(0, (int) open.bytes().size());
    }
  }

  private static String metadata(OpenEntity entity, int number) {
    ResourceId id = only(entity);
    return entity
        .archive
        .index()
        .read(reader -> reader.metadata(Level.INSTANCE, id, number))
        .orElseThrow()
        .text();
  }

  private static DataSet with(int tag, String uid) {
    return MINIMAL.toBuilder().put(uid(tag, uid)).build();
  }

  private static DataSet dataSet(Element... elements) {
    return DataSet.of(List.of(elements));
  }

  private static Element uid(int tag, String value) {
    return text(tag, Vr.UI, value);
  }

  private static Element text(int tag, Vr vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    if (even.length > bytes.length) {
      even[bytes.length] = vr.padding();
    }
    return new Element(tag, vr, new Value.Bytes(even));
  }

  /** An element alone in explicit little endian, short form. */
  private static byte[] raw(Element element) {
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(8 + element.bytes().length)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) (element.tag() >>> 16)).putShort((short) element.tag());
    out.put(element.vr().name().getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) element.bytes().length).put(element.bytes());
    return out.array();
  }
}
