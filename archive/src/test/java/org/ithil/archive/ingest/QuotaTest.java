package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  @TempDir Path folder;

  @Test
  void recycles_the_patient_that_was_updated_longest_ago() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(0, 2, true))) {
      Lineage a = open.store(Made.instance("A", 1, 1, 1));
      Lineage b = open.store(Made.instance("B", 2, 1, 1));
      open.store(Made.instance("A", 1, 1, 2));
      Lineage c = open.store(Made.instance("C", 3, 1, 1));
      assertThat(open.ids(Level.PATIENT)).containsExactlyInAnyOrder(a.patient(), c.patient());
      assertThat(open.ids(Level.STUDY)).doesNotContain(b.study());
    }
  }

  @Test
  void protected_patients_stay_and_when_all_are_nothing_more_fits() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(0, 2, true))) {
      Lineage a = open.store(Made.instance("A", 1, 1, 1));
      protect(open, a.patient(), true);
      Lineage b = open.store(Made.instance("B", 2, 1, 1));
      Lineage c = open.store(Made.instance("C", 3, 1, 1));
      assertThat(open.ids(Level.PATIENT)).containsExactlyInAnyOrder(a.patient(), c.patient());
      protect(open, c.patient(), true);
      assertFull(open, Made.instance("B", 2, 1, 1));
      assertThat(open.ids(Level.PATIENT)).containsExactlyInAnyOrder(a.patient(), c.patient());
      protect(open, a.patient(), false);
      protect(open, c.patient(), true);
      open.store(Made.instance("B", 2, 1, 1));
      assertThat(open.ids(Level.PATIENT)).containsExactlyInAnyOrder(b.patient(), c.patient());
    }
  }

  @Test
  void a_patient_that_is_released_is_recycled_last() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(0, 2, true))) {
      Lineage a = open.store(Made.instance("A", 1, 1, 1));
      open.store(Made.instance("B", 2, 1, 1));
      protect(open, a.patient(), true);
      protect(open, a.patient(), false);
      protect(open, a.patient(), false);
      Lineage c = open.store(Made.instance("C", 3, 1, 1));
      assertThat(open.ids(Level.PATIENT)).containsExactlyInAnyOrder(a.patient(), c.patient());
    }
  }

  @Test
  void rejecting_refuses_new_patients_but_not_more_of_known_ones() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(0, 1, false))) {
      Lineage a = open.store(Made.instance("A", 1, 1, 1));
      assertFull(open, Made.instance("B", 2, 1, 1));
      open.store(Made.instance("A", 1, 1, 2));
      open.archive.deletion().delete(Level.PATIENT, a.patient());
      open.store(Made.instance("B", 2, 1, 1));
    }
  }

  @Test
  void a_limit_of_bytes_is_never_passed() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(25_000, 0, true))) {
      for (int i = 0; i < 8; i++) {
        open.store(Made.instance("P" + i, i, 1, 1).withPixels(10_000, i));
        assertThat(open.statistics().diskSize()).isLessThanOrEqualTo(25_000);
      }
      assertThat(open.count(Level.PATIENT)).isEqualTo(2);
      assertFull(open, Made.instance("Q", 9, 1, 1).withPixels(30_000, 1));
      assertThat(open.count(Level.PATIENT)).isEqualTo(2);
    }
  }

  @Test
  void a_patient_is_not_recycled_for_itself() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(25_000, 0, true))) {
      Lineage first = open.store(Made.instance("P", 1, 1, 1).withPixels(20_000, 1));
      assertFull(open, Made.instance("P", 1, 1, 2).withPixels(20_000, 1));
      assertThat(open.ids(Level.INSTANCE)).containsExactly(first.instance());
    }
  }

  @Test
  void replacing_needs_room_for_the_difference_only() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(25_000, 0, false))) {
      open.store(Made.instance("P", 1, 1, 1).withPixels(20_000, 1));
      open.store(Made.instance("P", 1, 1, 1).withPixels(21_000, 2));
      assertFull(open, Made.instance("P", 1, 1, 1).withPixels(26_000, 2));
      assertThat(open.statistics().instances()).isEqualTo(1);
    }
  }

  private static void protect(OpenArchive open, ResourceId patient, boolean isProtected) {
    open.archive.index().write(writer -> writer.setProtected(patient, isProtected));
  }

  private static void assertFull(OpenArchive open, Made file) {
    assertThatThrownBy(() -> open.ingest(file))
        .isInstanceOfSatisfying(
            IngestException.class, e -> assertThat(e.problem()).isEqualTo(Problem.STORAGE_FULL));
  }
}
