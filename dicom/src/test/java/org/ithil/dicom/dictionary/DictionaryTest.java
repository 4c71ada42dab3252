package org.ithil.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import java.util.OptionalInt;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;

/** What the dictionary says of tags: PS3.6, and the names of the reference. */
class DictionaryTest {
  private static final Dictionary STANDARD = Dictionary.standard();
  private static final Dictionary ALL = Dictionary.withPrivateTags();

  @Test
  void knows_representation_name_and_multiplicity() {
    assertThat(STANDARD.entry(Tag.PatientName, null))
        .isEqualTo(new DictionaryEntry(0x00100010, Vr.PN, "PatientName", 1, 1, null));
    assertThat(STANDARD.entry(Tag.ImageType, null))
        .isEqualTo(new DictionaryEntry(0x00080008, Vr.CS, "ImageType", 2, 0, null));
  }

  @Test
  void names_retired_tags_as_the_reference_does() {
    DictionaryEntry entry = STANDARD.entry(0x40080200, null);
    assertThat(entry.name()).isEqualTo("RETIRED_InterpretationID");
    assertThat(entry.keyword()).isEqualTo("InterpretationID");
    assertThat(entry.isRetired()).isTrue();
    assertThat(STANDARD.nameOf(0x00102160, null)).isEqualTo("EthnicGroup");
  }

  @Test
  void knows_repeating_groups_and_elements() {
    assertThat(STANDARD.nameOf(0x60000010, null)).isEqualTo("OverlayRows");
    assertThat(STANDARD.nameOf(0x601e0010, null)).isEqualTo("OverlayRows");
    assertThat(STANDARD.nameOf(0x60010010, null)).isEqualTo("PrivateCreator");
    assertThat(STANDARD.nameOf(0x50fe0005, null)).isEqualTo("RETIRED_CurveDimensions");
    assertThat(STANDARD.nameOf(0x00203104, null)).isEqualTo("RETIRED_SourceImageIDs");
    assertThat(STANDARD.nameOf(0x00203105, null)).isEqualTo(Dictionary.UNKNOWN);
  }

  @Test
  void names_group_lengths_and_private_creators() {
    assertThat(STANDARD.nameOf(0x00080000, null)).isEqualTo("GenericGroupLength");
    assertThat(STANDARD.nameOf(0x00090000, null)).isEqualTo("PrivateGroupLength");
    assertThat(STANDARD.nameOf(0x00020000, null)).isEqualTo("FileMetaInformationGroupLength");
    assertThat(STANDARD.nameOf(0x00090010, null)).isEqualTo("PrivateCreator");
    assertThat(STANDARD.nameOf(0x00070010, null)).isEqualTo("IllegalPrivateCreator");
    assertThat(Dictionary.vrOf(0x00080000)).isEqualTo(Vr.UL);
    assertThat(Dictionary.vrOf(0x000900ff)).isEqualTo(Vr.LO);
  }

  @Test
  void knows_tags_that_are_newer_than_the_library_of_the_reference() {
    assertThat(STANDARD.nameOf(0x0008001c, null)).isEqualTo("SyntheticData");
    assertThat(Dictionary.vrOf(0x00081112)).isEqualTo(Vr.SQ);
  }

  @Test
  void knows_private_tags_by_their_creator_in_any_block() {
    assertThat(ALL.nameOf(0x00091004, "GEMS_IDEN_01")).isEqualTo("ProductId");
    assertThat(ALL.nameOf(0x0009ab04, "GEMS_IDEN_01 ")).isEqualTo("ProductId");
    assertThat(ALL.vrOf(0x00091027, "GEMS_IDEN_01")).isEqualTo(Vr.SL);
    assertThat(ALL.nameOf(0x70031004, "DLX_ANNOT_01")).isNotEqualTo(Dictionary.UNKNOWN);
    assertThat(ALL.nameOf(0x00091004, null)).isEqualTo(Dictionary.UNKNOWN);
    assertThat(ALL.nameOf(0x00091004, "ACME")).isEqualTo(Dictionary.UNKNOWN);
    assertThat(ALL.nameOf(0x00091004, " GEMS_IDEN_01")).isEqualTo(Dictionary.UNKNOWN);
    assertThat(ALL.vrOf(0x00091004, "ACME")).isEqualTo(Vr.UN);
  }

  @Test
  void leaves_private_tags_out_if_asked() {
    assertThat(STANDARD.nameOf(0x00091004, "GEMS_IDEN_01")).isEqualTo(Dictionary.UNKNOWN);
    assertThat(STANDARD.vrOf(0x00091004, "GEMS_IDEN_01")).isEqualTo(Vr.UN);
  }

  @Test
  void says_what_implicit_data_is_read_as_where_the_standard_leaves_a_choice() {
    assertThat(Dictionary.vrOf(Tag.PixelData)).isEqualTo(Vr.OW);
    assertThat(Dictionary.vrOf(Tag.SmallestImagePixelValue)).isEqualTo(Vr.US);
    assertThat(Dictionary.dependsOnPixelRepresentation(Tag.SmallestImagePixelValue)).isTrue();
    assertThat(Dictionary.dependsOnPixelRepresentation(Tag.Rows)).isFalse();
    assertThat(Dictionary.vrOf(0x00091001)).isEqualTo(Vr.UN);
  }

  @Test
  void finds_tags_by_name() {
    assertThat(STANDARD.tagOf("PatientID")).isEqualTo(OptionalInt.of(0x00100020));
    assertThat(STANDARD.tagOf("OverlayRows")).isEqualTo(OptionalInt.of(0x60000010));
    assertThat(STANDARD.tagOf("RETIRED_CurveDimensions")).isEqualTo(OptionalInt.of(0x50000005));
    assertThat(STANDARD.tagOf("patientid")).isEmpty();
    assertThat(STANDARD.tagOf("")).isEmpty();
    assertThat(STANDARD.tagOf("Nope")).isEmpty();
  }

  @Test
  void finds_every_tag_of_the_standard_by_its_name() {
    DictionaryTable table = DictionaryTable.load("standard-tags.bin");
    assertThat(table.rows()).isGreaterThan(5000);
    for (int row = 0; row < table.rows(); row++) {
      int found = table.findName(table.name(row));
      assertThat(table.name(found)).isEqualTo(table.name(row));
      assertThat(STANDARD.nameOf(table.tag(row), null)).isNotEqualTo(Dictionary.UNKNOWN);
    }
  }

  @Test
  void has_a_constant_for_every_keyword() throws IllegalAccessException {
    for (Field constant : Tag.class.getFields()) {
      int tag = constant.getInt(null);
      DictionaryEntry entry = STANDARD.entry(tag, null);
      assertThat(entry).as(constant.getName()).isNotNull();
      assertThat(entry.keyword()).isEqualTo(constant.getName());
    }
    assertThat(Tag.class.getFields()).hasSizeGreaterThan(5000);
  }

  @Test
  void takes_entries_of_the_user() throws DictionaryException {
    Dictionary own =
        ALL.with(
            List.of(
                new DictionaryEntry(0x0405105f, Vr.ST, "MyFixed", 1, 1, "My Company"),
                new DictionaryEntry(0x0405005e, Vr.UI, "MyLow", 1, 0, "My Company"),
                new DictionaryEntry(0x04050010, Vr.LO, "MyCreator", 1, 1, "My Company"),
                new DictionaryEntry(0x00149999, Vr.DA, "MyPublic", 1, 1, null)));
    assertThat(own.nameOf(0x0405105f, "My Company")).isEqualTo("MyFixed");
    assertThat(own.nameOf(0x0405115f, "My Company")).isEqualTo(Dictionary.UNKNOWN);
    assertThat(own.nameOf(0x0405115e, "My Company")).isEqualTo("MyLow");
    assertThat(own.vrOf(0x0405115e, "My Company")).isEqualTo(Vr.UI);
    assertThat(own.nameOf(0x0405105f, "Other Company")).isEqualTo(Dictionary.UNKNOWN);
    assertThat(own.nameOf(0x04050010, null)).isEqualTo("PrivateCreator");
    assertThat(own.nameOf(0x00149999, null)).isEqualTo("MyPublic");
    assertThat(own.vrOf(0x00149999, null)).isEqualTo(Vr.DA);
    assertThat(own.tagOf("MyFixed")).isEqualTo(OptionalInt.of(0x0405105f));
    assertThat(own.nameOf(Tag.PatientID, null)).isEqualTo("PatientID");
    assertThat(ALL.nameOf(0x00149999, null)).isEqualTo(Dictionary.UNKNOWN);
  }

  @Test
  void reads_entries_of_the_configuration() throws DictionaryException {
    assertThat(DictionaryEntry.configured("2001,5f", "SQ", "Stack", 1, 1, "Philips"))
        .isEqualTo(new DictionaryEntry(0x2001005f, Vr.SQ, "Stack", 1, 1, "Philips"));
    assertThat(DictionaryEntry.configured("0014,9999", "DA", "Date", 1, 0, "").creator()).isNull();
    for (String tag : List.of("", "0014", "00149999", "0014,x", "0014-9999", "0014,99999")) {
      assertThatThrownBy(() -> DictionaryEntry.configured(tag, "DA", "Date", 1, 1, null))
          .isInstanceOf(DictionaryException.class);
    }
    assertThatThrownBy(() -> DictionaryEntry.configured("0014,9999", "da", "Date", 1, 1, null))
        .isInstanceOf(DictionaryException.class);
  }

  @Test
  void refuses_entries_for_tags_that_are_known() {
    refuses(0x00100010, null, 1, 1, DictionaryException.Problem.KNOWN_TAG);
    refuses(0x60020010, null, 1, 1, DictionaryException.Problem.KNOWN_TAG);
    refuses(0x00090004, "GEMS_IDEN_01", 1, 1, DictionaryException.Problem.KNOWN_TAG);
  }

  @Test
  void refuses_entries_that_make_no_sense() {
    refuses(0x00149999, null, 2, 1, DictionaryException.Problem.BAD_MULTIPLICITY);
    refuses(0x00149999, null, -1, 0, DictionaryException.Problem.BAD_MULTIPLICITY);
    DictionaryEntry nameless = new DictionaryEntry(0x00149999, Vr.DA, "", 1, 1, null);
    assertThatThrownBy(() -> ALL.with(List.of(nameless))).isInstanceOf(DictionaryException.class);
  }

  private static void refuses(
      int tag, String creator, int min, int max, DictionaryException.Problem problem) {
    DictionaryEntry entry = new DictionaryEntry(tag, Vr.LO, "Mine", min, max, creator);
    assertThatThrownBy(() -> ALL.with(List.of(entry)))
        .isInstanceOfSatisfying(
            DictionaryException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.tag()).isEqualTo(tag);
            });
  }
}
