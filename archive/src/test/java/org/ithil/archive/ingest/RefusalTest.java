package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {
  @TempDir Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws Exception {
    open = new OpenArchive(folder);
  }

  @AfterEach
  void nothing_remains_of_what_was_refused() throws Exception {
    assertThat(open.count(Level.PATIENT)).isZero();
    assertThat(open.blobs()).isZero();
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
    open.close();
  }

  @Test
  void an_empty_file() {
    assertRefused(new byte[0], Problem.EMPTY_FILE, 0);
  }

  @Test
  void text() {
    assertRefused(
        "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII), Problem.NOT_DICOM, 0);
  }

  @Test
  void a_file_that_ends_inside_of_its_pixels() {
    byte[] whole = Made.instance("P", 1, 1, 1).withPixels(1000, 1).bytes();
    assertRefused(Arrays.copyOf(whole, whole.length - 1), Problem.NOT_DICOM, -1);
  }

  @Test
  void bytes_behind_the_data_set() {
    byte[] whole = Made.instance("P", 1, 1, 1).withPixels(1000, 1).bytes();
    assertRefused(Arrays.copyOf(whole, whole.length + 3), Problem.NOT_DICOM, -1);
  }

  @Test
  void an_absent_uid() {
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
      assertRefused(
          Made.instance("P", 1, 1, 1).without(tag).bytes(), Problem.ABSENT_IDENTIFIER, tag);
    }
  }

  @Test
  void an_empty_uid() {
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
      assertRefused(
          Made.instance("P", 1, 1, 1).with(tag, "").bytes(), Problem.EMPTY_IDENTIFIER, tag);
    }
  }

  @Test
  void an_identifier_of_more_than_256_bytes() {
    assertRefused(
        Made.instance("P".repeat(257), 1, 1, 1).bytes(), Problem.UNFIT_IDENTIFIER, Tag.PatientID);
  }

  private void assertRefused(byte[] file, Problem problem, int tag) {
    assertThatThrownBy(() -> open.ingest(file, OpenArchive.HTTP))
        .isInstanceOfSatisfying(
            IngestException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.size()).isEqualTo(file.length);
              if (tag >= 0) {
                assertThat(e.tag()).isEqualTo(tag);
              }
            });
  }
}
