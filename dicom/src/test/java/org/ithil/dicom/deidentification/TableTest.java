package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.uid.Uids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All files of shared/data/dicom by all versions and options, each tag checked with the tables. */
class TableTest {
  private static final Set<Integer> MARKS =
      Set.of(
          Tag.PatientName,
          Tag.PatientID,
          Tag.PatientIdentityRemoved,
          Tag.DeidentificationMethod,
          Tag.DeidentificationMethodCodeSequence,
          Tag.LongitudinalTemporalInformationModified);

  private final List<String> faults = new ArrayList<>();

  static List<Set<DeidentificationOption>> options() {
    List<Set<DeidentificationOption>> all = new ArrayList<>();
    all.add(Set.of());
    for (DeidentificationOption option : DeidentificationOption.values()) {
      all.add(Set.of(option));
    }
    EnumSet<DeidentificationOption> most = EnumSet.allOf(DeidentificationOption.class);
    most.remove(DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES);
    all.add(Set.copyOf(most));
    most.add(DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES);
    most.remove(DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES);
    all.add(Set.copyOf(most));
    return all;
  }

  private interface Check {
    void check(DicomFile file) throws IOException;
  }

  private static int forEachFile(Check check) throws IOException {
    SharedData.require();
    int count = 0;
    for (String name : SharedData.names()) {
      DicomFile file;
      try {
        file = Trials.file(name);
      } catch (IOException e) {
        assertThat(e).as(name).isInstanceOf(IOException.class);
        continue; // What cannot be read is refused before.
      }
      check.check(file);
      count++;
    }
    return count;
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("options")
  void does_what_the_standard_wants(Set<DeidentificationOption> options) throws IOException {
    StandardTable table = StandardTable.read();
    assertThat(table.size()).isGreaterThan(600);
    Deidentification profile =
        Trials.by(Trials.standard(options.toArray(DeidentificationOption[]::new)));
    int files =
        forEachFile(file -> {
          DataSet result = profile.apply(file).dataSet();
          new StandardCheck(table, options, faults).check(file.dataSet(), result, true);
          assertThat(result.ascii(Tag.PatientIdentityRemoved)).contains("YES");
          Element codes = result.get(Tag.DeidentificationMethodCodeSequence);
          assertThat(codes).isNotNull();
          assertThat(codes.items())
              .extracting(item -> item.ascii(Tag.CodeValue).orElse(""))
              .contains("113100")
              .containsAll(options.stream().map(DeidentificationOption::code).toList());
        });
    assertThat(faults).isEmpty();
    assertThat(files).isGreaterThan(300);
  }

  @ParameterizedTest
  @EnumSource(ProfileVersion.class)
  void does_what_the_reference_does(ProfileVersion version) throws IOException {
    Map<Integer, Character> actions = actions(version);
    Deidentification profile = Trials.by(Trials.reference(version));
    int files =
        forEachFile(
            file -> checkReference(file.dataSet(), profile.apply(file).dataSet(), actions, true));
    assertThat(faults).isEmpty();
    assertThat(files).isGreaterThan(300);
  }

  private static Map<Integer, Character> actions(ProfileVersion version) throws IOException {
    Map<Integer, Character> actions = new HashMap<>();
    List<String> lines =
        Files.readAllLines(
            Trials.shared("reference/anonymization-profiles.tsv"), StandardCharsets.UTF_8);
    int column = List.of(lines.getFirst().split("\t")).indexOf(version.edition());
    for (String line : lines.subList(1, lines.size())) {
      actions.put(
          Tags.parse(line.substring(0, 9)).orElseThrow(), line.split("\t")[column].charAt(0));
    }
    actions.put(Tag.DigitalSignaturesSequence, 'X');
    actions.put(Tag.DataSetTrailingPadding, 'X');
    return actions;
  }

  private void checkReference(
      DataSet before, DataSet after, Map<Integer, Character> actions, boolean outermost) {
    for (Element element : before) {
      int tag = element.tag();
      Element now = after.get(tag);
      if (MARKS.contains(tag) && (outermost || tag == Tag.PatientID)) {
        continue;
      }
      boolean right =
          Tags.isPrivate(tag)
              ? now == null
              : switch (actions.getOrDefault(tag, 'K')) {
                case 'X' -> now == null;
                case 'Z', 'E' ->
                    now == null
                        ? !outermost && !element.vr().isText()
                        : now.isEmpty() && now.vr() == element.vr();
                case 'U' -> isNewUid(element, now);
                default -> kept(element, now, actions);
              };
      if (!right) {
        faults.add(Tags.format(tag) + " " + element + " became " + now);
      }
    }
    for (Element element : after) {
      if (!before.contains(element.tag()) && !(outermost && MARKS.contains(element.tag()))) {
        faults.add("new: " + element);
      }
    }
  }

  private boolean kept(Element element, @Nullable Element now, Map<Integer, Character> actions) {
    if (now == null || element.items().isEmpty()) {
      return element.equals(now);
    }
    if (now.items().size() != element.items().size()) {
      return false;
    }
    for (int i = 0; i < now.items().size(); i++) {
      checkReference(element.items().get(i), now.items().get(i), actions, false);
    }
    return true;
  }

  static boolean isNewUid(Element element, @Nullable Element now) {
    if (now == null) {
      return false;
    }
    if (element.vr() == Vr.UN) {
      return now.vr() == Vr.UI && !now.value().equals(element.value());
    }
    if (element.vr() != Vr.UI) {
      return true;
    }
    List<String> old = element.texts(SpecificCharacterSet.ASCII);
    List<String> fresh = now.texts(SpecificCharacterSet.ASCII);
    for (int i = 0; i < old.size(); i++) {
      String uid = old.get(i).strip();
      boolean right = uid.isEmpty() || !uid.equals(fresh.get(i)) && Uids.isValid(fresh.get(i));
      if (!right && !uid.startsWith("1.2.840.10008.")) {
        return false;
      }
    }
    return now.vr() == Vr.UI && old.size() == fresh.size();
  }

  /** Broken files are refused with the exceptions of the reader only. */
  @Test
  void reads_again_what_it_wrote() throws IOException {
    Deidentification profile = Trials.by(Trials.standard());
    forEachFile(file -> {
      try {
        byte[] bytes = Trials.written(profile.apply(file), file.transferSyntax());
        assertThat(Trials.read(bytes).dataSet().ascii(Tag.PatientName)).contains("Anonymized1");
      } catch (DicomFormatException e) {
        assertThat(file.inOrder() && file.transferSyntax().isStandard()).isFalse();
      } catch (java.io.EOFException e) {
        assertThat(e).hasMessageContaining("of"); // A value goes beyond the end of the file.
      }
    });
  }
}
