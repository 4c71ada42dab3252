package org.ithil.services.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.SocketFactory;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.json.ValueText;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dimse.message.Status;
import org.ithil.services.RemoteArchive;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C-FIND as SCU, PS3.4 C.4.1. */
@Timeout(60)
class FindingTest {
  private static final int PRIVATE = 0x00091001;

  @Test
  void what_is_asked_has_level_and_character_set() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      find(remote, keys(Level.INSTANCE, Map.of(Tag.PatientName, "Jérôme", Tag.Rows, "512")));
      DataSet asked = remote.asked.take();
      assertThat(asked.ascii(Tag.QueryRetrieveLevel)).contains("IMAGE");
      assertThat(asked.ascii(Tag.SpecificCharacterSet)).contains("ISO_IR 100");
      assertThat(asked.text(Tag.PatientName, SpecificCharacterSet.ASCII)).contains("Jérôme");
      assertThat(asked.integer(Tag.Rows)).hasValue(512);
    }
  }

  @Test
  void a_query_chooses_its_character_set() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      find(
          remote,
          keys(
              Level.PATIENT,
              Map.of(Tag.PatientName, "王*", Tag.SpecificCharacterSet, "ISO_IR 192")));
      DataSet asked = remote.asked.take();
      assertThat(asked.ascii(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
      assertThat(asked.get(Tag.PatientName).bytes())
          .isEqualTo("王*".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void patients_are_asked_for_in_their_own_model() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      find(remote, keys(Level.PATIENT, Map.of()));
      find(remote, keys(Level.SERIES, Map.of()));
      assertThat(remote.commands.take().sopClass()).isEqualTo("1.2.840.10008.5.1.4.1.2.1.1");
      assertThat(remote.commands.take().sopClass()).isEqualTo("1.2.840.10008.5.1.4.1.2.2.1");
    }
  }

  @Test
  void answers_are_flat_and_in_the_default_character_set() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      remote.finding(
          dataSet(
              text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192"),
              text(Tag.PatientName, Vr.PN, "Jérôme"),
              text(PRIVATE, Vr.LO, "what is it"),
              text(Tag.SOPInstanceUID, Vr.UI, "1.2"),
              new Element(
                  Tag.ReferencedStudySequence, Vr.SQ, new Value.Items(List.of(DataSet.EMPTY)))));
      DataSet answer = find(remote, keys(Level.INSTANCE, Map.of())).getFirst();
      assertThat(answer.ascii(Tag.SpecificCharacterSet)).contains("ISO_IR 100");
      assertThat(answer.text(Tag.PatientName, SpecificCharacterSet.ASCII)).contains("Jérôme");
      assertThat(answer.get(Tag.PatientName).bytes()).hasSize(6);
      assertThat(answer.contains(Tag.ReferencedStudySequence)).isFalse();
      assertThat(answer.get(PRIVATE).vr()).isEqualTo(Vr.UN);
      assertThat(answer.ascii(Tag.MediaStorageSOPInstanceUID)).contains("1.2");
    }
  }

  @Test
  void letters_that_the_default_character_set_lacks_are_kept() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      remote.finding(
          dataSet(
              text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192"),
              text(Tag.PatientName, Vr.PN, "王^小東")));
      DataSet answer = find(remote, keys(Level.PATIENT, Map.of())).getFirst();
      assertThat(answer.ascii(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
      assertThat(answer.text(Tag.PatientName, SpecificCharacterSet.ASCII)).contains("王^小東");
    }
  }

  @Test
  void a_worklist_keeps_its_sequences() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      DataSet step = dataSet(text(Tag.Modality, Vr.CS, "CT"), text(PRIVATE, Vr.LO, "x"));
      remote.finding(
          dataSet(
              text(Tag.PatientID, Vr.LO, "P"),
              new Element(
                  Tag.ScheduledProcedureStepSequence, Vr.SQ, new Value.Items(List.of(step)))));
      try (Finder finder =
          client(1 << 20).openWorklist(remote.modality(), ModalityClient.Call.USUAL)) {
        DataSet answer = finder.findWorklist(DataSet.EMPTY).getFirst();
        assertThat(answer.contains(Tag.SpecificCharacterSet)).isFalse();
        DataSet item = answer.get(Tag.ScheduledProcedureStepSequence).items().getFirst();
        assertThat(item.ascii(Tag.Modality)).contains("CT");
        assertThat(item.contains(PRIVATE)).isFalse();
        finder.release();
      }
    }
  }

  @Test
  void a_failure_after_answers_is_a_failure() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      remote.finding(dataSet(text(Tag.PatientID, Vr.LO, "P")));
      remote.lastOfFind = new Status(0xa700);
      assertThatThrownBy(() -> find(remote, keys(Level.PATIENT, Map.of())))
          .isInstanceOfSatisfying(
              ModalityException.Failed.class,
              e -> assertThat(e.status()).isEqualTo(new Status(0xa700)));
    }
  }

  @Test
  void more_answers_than_the_limit_are_refused() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      for (int i = 0; i < 100; i++) {
        remote.finding(dataSet(text(Tag.PatientID, Vr.LO, "P".repeat(32))));
      }
      assertThat(find(remote, keys(Level.PATIENT, Map.of()), 4000)).hasSize(100);
      assertThatThrownBy(() -> find(remote, keys(Level.PATIENT, Map.of()), 3999))
          .isInstanceOf(ModalityException.TooManyAnswers.class);
    }
  }

  private static List<DataSet> find(RemoteArchive remote, QueryKeys keys) throws IOException {
    return find(remote, keys, 1 << 20);
  }

  private static List<DataSet> find(RemoteArchive remote, QueryKeys keys, long limit)
      throws IOException {
    try (Finder finder = client(limit).open(remote.modality(), ModalityClient.Call.USUAL)) {
      List<DataSet> answers = finder.find(keys);
      finder.release();
      return answers;
    }
  }

  private static QueryClient client(long limit) {
    return new QueryClient(
        new ModalityClient(ModalityClient.Rules.of("OWN"), SocketFactory.getDefault()),
        ReadOptions.DEFAULT,
        new DefaultCharacterSet(DefaultEncoding.LATIN1),
        limit);
  }

  private static QueryKeys keys(Level level, Map<Integer, String> texts) {
    return new QueryKeys(level, new TreeMap<>(texts));
  }

  private static DataSet dataSet(Element... elements) {
    return DataSet.of(List.of(elements));
  }

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, ValueText.padded(vr, text.getBytes(StandardCharsets.UTF_8)));
  }
}
