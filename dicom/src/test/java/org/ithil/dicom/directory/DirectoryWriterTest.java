package org.ithil.dicom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;

class DirectoryWriterTest {
  private static final ByteSource NONE = ByteSource.of(new byte[0]);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, new Value.Bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static DataSet named(String name) {
    return DataSet.of(List.of(text(Tag.PatientComments, Vr.LT, name)));
  }

  private static void image(DirectoryWriter writer, String name) throws IOException {
    writer.add(
        RecordKind.IMAGE,
        named(name),
        NONE,
        new DirectoryWriter.Reference("IMAGES\\IM0", "1.2", "1.2.3", "1.2.840.10008.1.2"));
  }

  private DicomFile read(DirectoryWriter writer) throws IOException {
    writer.writeTo(out);
    assertThat(out.size()).isEqualTo(writer.size());
    return DicomReader.readFile(ByteSource.of(out.toByteArray()), ReadOptions.DEFAULT);
  }

  private static int offset(DataSet dataSet, int tag) {
    return dataSet.get(tag).buffer().getInt();
  }

  /** Goes the way of the offsets; blanks show how deep each record lies. */
  private void walk(int offset, String indent, List<String> seen) throws IOException {
    byte[] file = out.toByteArray();
    for (int at = offset; at != 0; ) {
      assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(at))
          .isEqualTo(0xffffffff_e000fffeL);
      byte[] rest = java.util.Arrays.copyOfRange(file, at, file.length);
      byte[] sequence = new byte[12 + rest.length];
      System.arraycopy(
          new byte[] {4, 0, 0x20, 0x12, 'S', 'Q', 0, 0, -1, -1, -1, -1}, 0, sequence, 0, 12);
      System.arraycopy(rest, 0, sequence, 12, rest.length);
      DataSet record =
          DicomReader.readDataSet(
                  ByteSource.of(sequence), TransferSyntax.EXPLICIT_LE, ReadOptions.DEFAULT)
              .dataSet()
              .get(Tag.DirectoryRecordSequence)
              .items()
              .getFirst();
      seen.add(indent + record.ascii(Tag.PatientComments).orElseThrow());
      walk(offset(record, Tag.OffsetOfReferencedLowerLevelDirectoryEntity), indent + " ", seen);
      at = offset(record, Tag.OffsetOfTheNextDirectoryRecord);
    }
  }

  @Test
  void records_are_found_by_their_offsets() throws Exception {
    DirectoryWriter writer = new DirectoryWriter("ORTHANC_MEDIA", "2.25.123");
    for (String patient : List.of("p1", "p2")) {
      writer.add(RecordKind.PATIENT, named(patient), NONE);
      writer.add(RecordKind.STUDY, named(patient + "s1"), NONE);
      writer.add(RecordKind.SERIES, named(patient + "s1a"), NONE);
      image(writer, patient + "1");
      image(writer, patient + "2");
      writer.add(RecordKind.SERIES, named(patient + "s1b"), NONE);
      image(writer, patient + "3");
      writer.add(RecordKind.STUDY, named(patient + "s2"), NONE);
      writer.add(RecordKind.SERIES, named(patient + "s2a"), NONE);
      image(writer, patient + "4");
    }
    DataSet root = read(writer).dataSet();
    List<String> seen = new ArrayList<>();
    walk(offset(root, Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity), "", seen);
    assertThat(seen)
        .containsExactly(
            "p1", " p1s1", "  p1s1a", "   p11", "   p12", "  p1s1b", "   p13", " p1s2", "  p1s2a",
            "   p14", "p2", " p2s1", "  p2s1a", "   p21", "   p22", "  p2s1b", "   p23", " p2s2",
            "  p2s2a", "   p24");
    List<String> last = new ArrayList<>();
    walk(offset(root, Tag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity), "", last);
    assertThat(last).first().isEqualTo("p2");
    assertThat(root.ascii(Tag.FileSetID)).hasValue("ORTHANC_MEDIA");
    assertThat(root.get(Tag.DirectoryRecordSequence).items()).hasSize(20);
  }

  @Test
  void a_directory_of_nothing_is_one() throws Exception {
    DicomFile file = read(new DirectoryWriter("ORTHANC_MEDIA", "2.25.1"));
    assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_LE);
    assertThat(file.dataSet().get(Tag.DirectoryRecordSequence).items()).isEmpty();
    assertThat(offset(file.dataSet(), Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity))
        .isZero();
  }

  @Test
  void refuses_a_record_without_one_above_it() throws Exception {
    DirectoryWriter writer = new DirectoryWriter("X", "1.2");
    writer.add(RecordKind.PATIENT, named("p"), NONE);
    assertThatThrownBy(() -> writer.add(RecordKind.SERIES, named("s"), NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void classes_have_the_records_that_the_standard_gives_them() {
    assertThat(RecordKind.of("1.2.840.10008.5.1.4.1.1.2")).isEqualTo(RecordKind.IMAGE);
    assertThat(RecordKind.of("1.2.840.10008.5.1.4.1.1.88.33")).isEqualTo(RecordKind.SR_DOCUMENT);
    assertThat(RecordKind.of("1.2.840.10008.5.1.4.1.1.88.59"))
        .isEqualTo(RecordKind.KEY_OBJECT_DOCUMENT);
    assertThat(RecordKind.of("1.2.840.10008.5.1.4.1.1.11.1")).isEqualTo(RecordKind.PRESENTATION);
    assertThat(RecordKind.of("1.2.840.10008.5.1.4.1.1.104.1"))
        .isEqualTo(RecordKind.ENCAPSULATED_DOCUMENT);
    assertThat(RecordKind.of("")).isEqualTo(RecordKind.IMAGE);
  }

  @Test
  void keys_are_copied_and_completed() {
    DataSet instance =
        DataSet.of(
            List.of(
                text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 100"),
                text(Tag.PatientName, Vr.PN, "Buc^J\u00e9r\u00f4me"),
                text(Tag.PatientID, Vr.LO, ""),
                text(Tag.SeriesDescription, Vr.LO, "d ")));
    DataSet patient = RecordKeys.of(RecordKind.PATIENT, instance, false);
    assertThat(patient.contains(Tag.PatientID)).isFalse();
    assertThat(patient.get(Tag.PatientName)).isEqualTo(instance.get(Tag.PatientName));
    assertThat(patient.contains(Tag.SpecificCharacterSet)).isTrue();
    DataSet study = RecordKeys.of(RecordKind.STUDY, instance, false);
    assertThat(study.get(Tag.AccessionNumber).isEmpty()).isTrue();
    assertThat(study.contains(Tag.StudyID)).isFalse();
    assertThat(RecordKeys.of(RecordKind.SERIES, instance, false).contains(Tag.SeriesDescription))
        .isFalse();
    assertThat(RecordKeys.of(RecordKind.SERIES, instance, true).contains(Tag.SeriesDescription))
        .isTrue();
  }

  @Test
  void of_the_content_only_what_modifies_the_title_is_shown() {
    DataSet modifier = DataSet.of(List.of(text(Tag.RelationshipType, Vr.CS, "HAS CONCEPT MOD ")));
    DataSet other = DataSet.of(List.of(text(Tag.RelationshipType, Vr.CS, "CONTAINS")));
    DataSet report =
        DataSet.of(
            List.of(
                new Element(
                    Tag.ContentSequence, Vr.SQ, new Value.Items(List.of(other, modifier)))));
    assertThat(
            RecordKeys.of(RecordKind.SR_DOCUMENT, report, false).get(Tag.ContentSequence).items())
        .containsExactly(modifier);
  }
}
