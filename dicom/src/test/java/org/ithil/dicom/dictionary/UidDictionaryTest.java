package org.ithil.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import org.ithil.dicom.uid.Uids;
import org.junit.jupiter.api.Test;

/** UIDs of PS3.6 A. */
class UidDictionaryTest {
  @Test
  void knows_sop_classes() {
    UidEntry ct = UidDictionary.entry(Uid.CTImageStorage);
    assertThat(ct.uid()).isEqualTo("1.2.840.10008.5.1.4.1.1.2");
    assertThat(ct.name()).isEqualTo("CT Image Storage");
    assertThat(ct.type()).isEqualTo(UidEntry.Type.SOP_CLASS);
    assertThat(ct.storage()).isTrue();
    assertThat(ct.known()).isTrue();
    assertThat(ct.retired()).isFalse();
    assertThat(UidDictionary.entry(Uid.Verification).storage()).isFalse();
  }

  @Test
  void tells_classes_that_are_newer_than_the_library_of_the_reference() {
    UidEntry inventory = UidDictionary.entry("1.2.840.10008.5.1.4.1.1.201.1");
    assertThat(inventory.storage()).isTrue();
    assertThat(inventory.known()).isFalse();
  }

  @Test
  void knows_all_transfer_syntaxes_retired_ones_too() {
    assertThat(UidDictionary.transferSyntaxes()).hasSizeGreaterThan(60);
    assertThat(UidDictionary.transferSyntaxes())
        .extracting(UidEntry::uid)
        .contains("1.2.840.10008.1.2", "1.2.840.10008.1.2.4.52", "1.2.840.10008.1.2.4.203");
    assertThat(UidDictionary.entry("1.2.840.10008.1.2.2").retired()).isTrue();
  }

  @Test
  void names_unknown_uids_by_themselves() {
    assertThat(UidDictionary.entry("1.2.3")).isNull();
    assertThat(UidDictionary.nameOf("1.2.3")).isEqualTo("1.2.3");
    assertThat(UidDictionary.nameOf("1.2.840.10008.1.2")).isEqualTo("Implicit VR Little Endian");
  }

  @Test
  void holds_valid_uids_only() {
    assertThat(UidDictionary.all()).allMatch(entry -> Uids.isValid(entry.uid()));
    assertThat(UidDictionary.storageClasses()).hasSizeGreaterThan(190);
  }
}
