package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.index.IndexReader.SeriesFile;
import org.ithil.archive.resource.ResourceId;
import org.junit.jupiter.api.Test;

/** Names as they are recorded in scenario archive-names. */
class FileNamesTest {
  private static List<String> names(String modality, String... numbers) {
    List<SeriesFile> files = new ArrayList<>();
    for (String number : numbers) {
      ResourceId id = ResourceId.ofInstance("P", "1", "2", Integer.toString(files.size()));
      files.add(
          new SeriesFile(
              id,
              number.equals("-") ? Optional.empty() : Optional.of(number),
              Optional.empty(),
              1));
    }
    return FileNames.of(modality, files).map(FileNames.Named::name).toList();
  }

  @Test
  void numbers_files_as_instances_are_numbered() {
    assertThat(names("CT", "3", "-", "1"))
        .containsExactly("CT000000.dcm", "CT000001.dcm", "CT000003.dcm");
    assertThat(names("CT", "1", " 2 ", "3.0"))
        .containsExactly("CT000000.dcm", "CT000001.dcm", "CT000002.dcm");
    assertThat(names("CT", "4294967296", "7")).containsExactly("CT000000.dcm", "CT000007.dcm");
    assertThat(names("OT", "123456789")).containsExactly("OT123456789.dcm");
  }

  @Test
  void numbers_files_by_rank_where_numbers_come_twice() {
    assertThat(names("CT", "1", "01")).containsExactly("CT000000.dcm", "CT000001.dcm");
    assertThat(names("CT", "-1", "-2")).containsExactly("CT000000.dcm", "CT000001.dcm");
    assertThat(names("US", "7", "7", "-", ""))
        .containsExactly("US000000.dcm", "US000001.dcm", "US000002.dcm", "US000003.dcm");
  }

  @Test
  void begins_with_two_letters_of_the_modality() {
    assertThat(names("mrq", "1")).containsExactly("MR000001.dcm");
    assertThat(names("x", "1")).containsExactly("X0000001.dcm");
    assertThat(names("", "1")).containsExactly("00000001.dcm");
    assertThat(names("../", "1")).containsExactly("00000001.dcm");
  }
}
