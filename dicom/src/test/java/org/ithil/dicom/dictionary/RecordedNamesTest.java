package org.ithil.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.json.Recording;
import org.junit.jupiter.api.Test;

/** Names and storage classes, as recorded answers of the reference show them. */
class RecordedNamesTest {
  @Test
  void names_every_tag_as_recorded() throws IOException, DictionaryException {
    List<DictionaryEntry> configured =
        List.of(
            new DictionaryEntry(
                0x04050010, Vr.LO, "PrivateCreatorForMyCompany", 1, 1, "My Company"),
            new DictionaryEntry(0x04051001, Vr.ST, "MyPrivateXMLTag", 1, 1, "My Company"),
            new DictionaryEntry(0x04051002, Vr.SQ, "MyPrivateSequence", 1, 1, "My Company"));
    Dictionary dictionary = Dictionary.withPrivateTags().with(configured);
    List<String> wrong = new ArrayList<>();
    int[] count = {0};
    for (String file :
        List.of("browse-tags", "modalities-query", "tags-formats", "tags-special", "tags-vr")) {
      Recording.names(
          Recording.compat("expected/" + file + ".json"),
          (key, recorded, creator, type) -> {
            count[0]++;
            // the answers do not tell the creator of a sequence
            boolean hidden = creator == null && type.equals("Sequence");
            String name =
                dictionary.nameOf(Tags.parse(key).getAsInt(), hidden ? "My Company" : creator);
            if (!name.equals(recorded)) {
              wrong.add(key + " " + creator + ": " + name + ", recorded " + recorded);
            }
          });
    }
    assertThat(wrong).isEmpty();
    assertThat(count[0]).isGreaterThan(1000);
  }

  @Test
  void knows_the_storage_classes_that_the_reference_takes() throws IOException {
    List<String> wrong = new ArrayList<>();
    Recording.contexts(
        "dimse-association",
        "classes-storage-",
        (uid, result) -> {
          UidEntry entry = UidDictionary.entry(uid);
          boolean taken = entry != null && entry.storage() && entry.known();
          if (taken != (result == 0)) {
            wrong.add(uid + " " + result);
          }
        });
    Recording.contexts(
        "dimse-association",
        "classes-other-",
        (uid, result) -> {
          UidEntry entry = UidDictionary.entry(uid);
          if (entry != null && entry.storage()) {
            wrong.add(uid);
          }
        });
    assertThat(wrong).isEmpty();
  }
}
