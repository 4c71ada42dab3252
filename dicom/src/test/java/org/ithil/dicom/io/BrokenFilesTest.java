package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken files are refused or taken as the reference server does on POST /instances. */
class BrokenFilesTest {
  private static final Map<String, Problem> REFUSED =
      Map.ofEntries(
          Map.entry("MR_truncated", Problem.TRUNCATED),
          Map.entry("emri_small_jpeg_2k_lossless_too_short", Problem.TRUNCATED),
          Map.entry("no_meta", Problem.NOT_DICOM),
          Map.entry("rtplan_truncated", Problem.TRUNCATED),
          Map.entry("syn_deflated_corrupt", Problem.MALFORMED),
          Map.entry("syn_empty", Problem.NOT_DICOM),
          Map.entry("syn_encaps_no_delimiter", Problem.TRUNCATED),
          Map.entry("syn_length_beyond_eof", Problem.TRUNCATED),
          Map.entry("syn_missing_seq_delimiter", Problem.TRUNCATED),
          Map.entry("syn_native_in_encaps_syntax", Problem.MALFORMED),
          Map.entry("syn_nested_20000_undefined", Problem.TOO_DEEP),
          Map.entry("syn_ob_length_4g", Problem.TRUNCATED),
          Map.entry("syn_preamble_only", Problem.NOT_DICOM),
          Map.entry("syn_random", Problem.NOT_DICOM),
          Map.entry("syn_says_explicit_is_implicit", Problem.TRUNCATED),
          Map.entry("syn_says_implicit_is_explicit", Problem.TRUNCATED),
          Map.entry("syn_sq_length_too_long", Problem.TRUNCATED),
          Map.entry("syn_text", Problem.NOT_DICOM),
          Map.entry("syn_trailing_garbage", Problem.TRAILING_BYTES),
          Map.entry("syn_wrong_magic", Problem.NOT_DICOM));

  static List<String> names() {
    return SharedData.brokenNames();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void is_refused_or_taken_as_the_reference_does_with_little_memory(String name)
      throws IOException {
    String stem = name.substring("broken/".length(), name.length() - ".dcm".length());
    Problem expected = REFUSED.get(stem);
    try (FileByteSource source = FileByteSource.open(SharedData.require(name))) {
      Allocation allocation = Allocation.start();
      Problem problem = null;
      try {
        DicomReader.readFile(source, ReadOptions.DEFAULT);
      } catch (DicomFormatException e) {
        problem = e.problem();
      }
      assertThat(problem).isEqualTo(expected);
      assertThat(allocation.bytes()).isLessThan(name.contains("bomb") ? 40L << 20 : 4L << 20);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "100", "132", "200", "600", "5000", "9829"})
  void a_file_that_is_cut_off_is_refused(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.require("syntax/small/MR_small.dcm"));
    assertThat(bytes).hasSize(9830);
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, length)))
        .isInstanceOf(DicomFormatException.class);
  }

  @Test
  void a_file_may_start_behind_its_meta_information_but_not_inside_the_preamble()
      throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.require("syntax/small/MR_small.dcm"));
    assertThat(read(Arrays.copyOfRange(bytes, 334, bytes.length)).dataSet())
        .isEqualTo(read(bytes).dataSet());
    assertThatThrownBy(() -> read(Arrays.copyOfRange(bytes, 128, bytes.length)))
        .isInstanceOf(DicomFormatException.class);
    byte[] shifted = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, shifted, 1, bytes.length);
    assertThatThrownBy(() -> read(shifted)).isInstanceOf(DicomFormatException.class);
  }

  @Test
  void the_first_of_two_files_in_a_row_counts() throws IOException {
    byte[] first = Files.readAllBytes(SharedData.require("charset/chrFren.dcm"));
    byte[] second = Files.readAllBytes(SharedData.require("charset/chrGerm.dcm"));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    assertThat(read(both.toByteArray()).dataSet().ascii(0x00100020)).contains("SCSFREN");
  }

  @ParameterizedTest
  @CsvSource({"gray8.png", "rgb8.png", "gray8.jpg", "one_page.pdf", "rgb.jp2", "cda_minimal.xml"})
  void what_is_no_dicom_is_refused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.require("images/" + name));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            DicomFormatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_DICOM));
  }

  private static DicomFile read(byte[] bytes) throws IOException {
    return DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT);
  }
}
