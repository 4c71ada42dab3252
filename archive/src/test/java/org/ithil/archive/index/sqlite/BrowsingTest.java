package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.IndexReader.Origins;
import org.ithil.archive.index.Page;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.Resource.SeriesStatus;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowsingTest {
  @TempDir Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws Exception {
    open = new OpenArchive(folder);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void lists_are_ordered_by_identifier_and_paged_in_two_ways() throws Exception {
    List<ResourceId> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(open.store(Made.instance("P", 1, 1, i)).instance());
    }
    all.sort(null);
    assertThat(open.ids(Level.INSTANCE)).isEqualTo(all);
    assertThat(page(Page.of(5, 3))).isEqualTo(all.subList(5, 8));
    assertThat(page(Page.of(18, 10))).isEqualTo(all.subList(18, 20));
    assertThat(page(Page.of(4, 0))).isEqualTo(all.subList(4, 20));
    assertThat(page(Page.after(all.get(7), 2))).isEqualTo(all.subList(8, 10));
    List<Resource> whole = open.read(r -> r.resources(Level.INSTANCE, Page.of(5, 3)));
    assertThat(whole.stream().map(Resource::id)).isEqualTo(all.subList(5, 8));
  }

  private List<ResourceId> below(Lineage of, Page page) {
    return open.read(r -> r.descendants(Level.PATIENT, of.patient(), Level.INSTANCE, page));
  }

  private List<ResourceId> first(Level level, ResourceId id, Level lower) {
    return open.read(r -> r.firstDescendant(level, id, lower)).stream().toList();
  }

  private List<ResourceId> page(Page page) {
    return open.read(reader -> reader.ids(Level.INSTANCE, page));
  }

  @Test
  void descendants_and_ancestors_are_found_over_several_levels() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    Lineage b = open.store(Made.instance("P", 1, 2, 1));
    Lineage c = open.store(Made.instance("P", 2, 1, 1));
    open.store(Made.instance("Q", 3, 1, 1));
    List<ResourceId> below = descendants(Level.PATIENT, a.patient(), Level.INSTANCE);
    assertThat(below)
        .containsExactlyInAnyOrder(a.instance(), b.instance(), c.instance())
        .isSorted();
    assertThat(descendants(Level.STUDY, a.study(), Level.SERIES))
        .containsExactlyInAnyOrder(a.series(), b.series());
    assertThat(descendants(Level.STUDY, a.study(), Level.STUDY)).containsExactly(a.study());
    assertThat(descendants(Level.STUDY, a.series(), Level.INSTANCE)).isEmpty();
    assertThat(below(a, Page.of(0, 2))).isEqualTo(below.subList(0, 2));
    assertThat(below(a, Page.of(1, 1))).isEqualTo(below.subList(1, 2));
    assertThat(below(a, Page.after(below.get(1), 2))).isEqualTo(below.subList(2, 3));
    assertThat(below).containsAll(first(Level.PATIENT, a.patient(), Level.INSTANCE));
    assertThat(first(Level.STUDY, a.study(), Level.STUDY)).containsExactly(a.study());
    assertThat(first(Level.STUDY, a.series(), Level.INSTANCE)).isEmpty();
    for (Level level : Level.values()) {
      Optional<ResourceId> up = open.read(r -> r.ancestor(Level.INSTANCE, c.instance(), level));
      assertThat(up).contains(c.at(level));
    }
    Optional<ResourceId> down = open.read(r -> r.ancestor(Level.STUDY, c.study(), Level.SERIES));
    assertThat(down).isEmpty();
  }

  @Test
  void what_resources_below_came_with_is_visited_once_each() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    Lineage b = open.store(Made.instance("P", 1, 2, 2).with(Tag.Modality, "CT"));
    open.store(Made.instance("Q", 2, 1, 1));
    List<Origins> series = visited(Level.PATIENT, a.patient(), Level.SERIES);
    assertThat(series).extracting(Origins::id).containsExactlyInAnyOrder(a.series(), b.series());
    assertThat(series)
        .extracting(origins -> origins.mainTags().get(Tag.Modality))
        .containsExactlyInAnyOrder("OT", "CT");
    List<Origins> instances = visited(Level.SERIES, a.series(), Level.INSTANCE);
    assertThat(instances)
        .extracting(origins -> origins.metadata().get(Metadata.SOP_CLASS_UID))
        .containsExactly("1.2.840.10008.5.1.4.1.1.7");
    assertThat(visited(Level.STUDY, a.series(), Level.INSTANCE)).isEmpty();
  }

  private List<Origins> visited(Level level, ResourceId id, Level lower) {
    List<Origins> all = new ArrayList<>();
    open.read(reader -> {
      reader.forEachDescendant(level, id, lower, all::add);
      return true;
    });
    return all;
  }

  private List<ResourceId> descendants(Level level, ResourceId id, Level lower) {
    return open.read(reader -> reader.descendants(level, id, lower));
  }

  @Test
  void studies_show_the_tags_of_their_patient_as_their_own_instances_have_them() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    Lineage other = open.store(Made.instance("P", 2, 1, 1).with(Tag.PatientName, "Other"));
    assertThat(open.resource(Level.STUDY, other.study()).patientTags())
        .containsEntry(Tag.PatientName, "Other");
    assertThat(open.resource(Level.STUDY, ids.study()).patientTags())
        .isEqualTo(open.resource(Level.PATIENT, ids.patient()).mainTags())
        .containsEntry(Tag.PatientName, "Name^P");
  }

  @Test
  void metadata_of_users_has_revisions() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    for (int i = 0; i < 3; i++) {
      String text = "text" + i;
      open.archive
          .index()
          .write(writer -> {
            writer.setMetadata(Level.STUDY, ids.study(), 1098, text);
            return true;
          });
      Optional<Metadata.Entry> entry =
          open.read(reader -> reader.metadata(Level.STUDY, ids.study(), 1098));
      assertThat(entry).contains(new Metadata.Entry(text, i));
    }
    open.archive
        .index()
        .write(writer -> {
          writer.removeMetadata(Level.STUDY, ids.study(), 1098);
          return true;
        });
    assertThat(open.resource(Level.STUDY, ids.study()).metadata()).doesNotContainKey(1098);
  }

  @Test
  void main_tags_and_metadata_alone_are_those_of_the_whole_resource() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    for (Level level : Level.values()) {
      Resource whole = open.resource(level, ids.at(level));
      Optional<Map<Integer, String>> tags = open.read(r -> r.mainTags(level, whole.id()));
      assertThat(tags).contains(whole.mainTags());
      Optional<SortedMap<Integer, Metadata.Entry>> metadata =
          open.read(r -> r.metadata(level, whole.id()));
      assertThat(metadata.orElseThrow()).isEqualTo(whole.metadata());
    }
    Optional<Map<Integer, String>> none = open.read(r -> r.mainTags(Level.STUDY, ids.series()));
    assertThat(none).isEmpty();
    Optional<SortedMap<Integer, Metadata.Entry>> nothing =
        open.read(r -> r.metadata(Level.STUDY, ids.series()));
    assertThat(nothing).isEmpty();
  }

  @Test
  void labels_are_a_set_in_order() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    open.archive
        .index()
        .write(writer -> {
          writer.addLabel(Level.STUDY, ids.study(), "b");
          writer.addLabel(Level.STUDY, ids.study(), "a");
          writer.addLabel(Level.STUDY, ids.study(), "b");
          writer.removeLabel(Level.STUDY, ids.study(), "none");
          return true;
        });
    assertThat(open.resource(Level.STUDY, ids.study()).labels()).containsExactly("a", "b");
    java.util.SortedSet<String> all = open.read(reader -> reader.labels());
    assertThat(all).containsExactly("a", "b");
  }

  @Test
  void the_status_of_a_series_follows_the_indexes_of_its_instances() throws Exception {
    Lineage one = expecting(1, 2);
    assertStatus(one, SeriesStatus.MISSING);
    expecting(2, 2);
    assertStatus(one, SeriesStatus.COMPLETE);
    Lineage three = expecting(3, 2);
    assertStatus(one, SeriesStatus.INCONSISTENT);
    open.archive.deletion().delete(Level.INSTANCE, three.instance());
    assertStatus(one, SeriesStatus.COMPLETE);
    assertThat(open.resource(Level.SERIES, one.series()).expectedNumberOfInstances()).hasValue(2);
    Lineage unknown = open.store(Made.instance("P", 2, 1, 1));
    assertStatus(unknown, SeriesStatus.UNKNOWN);
  }

  private Lineage expecting(int number, int count) throws Exception {
    return open.store(
        Made.instance("P", 1, 1, number)
            .with(Tag.NumberOfTemporalPositions, "1")
            .with(Tag.ImagesInAcquisition, Integer.toString(count)));
  }

  private void assertStatus(Lineage ids, SeriesStatus status) {
    assertThat(open.resource(Level.SERIES, ids.series()).status()).isEqualTo(status);
  }
}
