package org.ithil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modalities in the index are there after a restart. */
class KeptModalitiesTest {
  @TempDir Path folder;

  private Archive open() throws Exception {
    return Archive.open(
        ArchiveConfiguration.in(folder),
        Archive.Surroundings.usual(new DefaultCharacterSet(DefaultEncoding.UTF8)));
  }

  @Test
  void keeps_what_was_set_and_forgets_what_was_removed() throws Exception {
    Modality odd = Modality.of("ÄÖ \\ \"", "::1", 104).allowing(Set.of(Operation.FIND));
    try (Archive archive = open()) {
      Modalities modalities = KeptModalities.open(archive.index());
      assertThat(modalities.all()).isEmpty();
      modalities.put("odd", odd);
      modalities.put("gone", Modality.of("B", "h", 1));
      assertThat(modalities.remove("gone")).isTrue();
      assertThat(modalities.remove("gone")).isFalse();
    }
    try (Archive archive = open()) {
      assertThat(KeptModalities.open(archive.index()).all()).isEqualTo(Map.of("odd", odd));
    }
  }
}
