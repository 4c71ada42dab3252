package org.ithil.archive.modification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationException.Problem;
import org.ithil.archive.modification.ResourceModification.Choices;
import org.ithil.archive.module.Modules;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Jobs that merge into studies. */
final class MergeType implements JobType {
  private static final String INSTANCES = "Instances";
  private static final String STUDY = "Study";
  private static final String UID = "StudyInstanceUID";
  private static final String MODEL = "Model";
  private static final String KEY = "Key";
  private static final String ORIGIN = "Origin";

  /** Longer values of patient and study are left out. */
  private static final long LONGEST = 1 << 20;

  private final Modification.Surroundings around;

  MergeType(Modification.Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return StudyMerge.TYPE;
  }

  JsonValue.Members seed(StudyMerge wanted) {
    Map<String, JsonValue> seed = new TreeMap<>();
    around
        .index()
        .read(reader -> {
          ResourceId study =
              ResourceId.parse(wanted.study())
                  .filter(id -> reader.exists(Level.STUDY, id))
                  .orElseThrow(
                      () -> unknown("Cannot merge into an unknown study: " + wanted.study()));
          List<ResourceId> instances = new ArrayList<>();
          for (String name : wanted.resources()) {
            Instances.below(
                reader,
                level(reader, study, name),
                ResourceId.parse(name).orElseThrow(),
                instances);
          }
          seed.put(INSTANCES, Seeds.ids(instances));
          seed.put(STUDY, new JsonValue.Text(study.toString()));
          seed.put(
              UID,
              new JsonValue.Text(
                  reader
                      .mainTags(Level.STUDY, study)
                      .map(tags -> tags.get(Tag.StudyInstanceUID))
                      .orElse("")));
          seed.put(
              MODEL,
              new JsonValue.Text(
                  reader
                      .firstDescendant(Level.STUDY, study, Level.INSTANCE)
                      .orElseThrow()
                      .toString()));
          return true;
        });
    seed.put(KEY, Seeds.bytes(around.keys().get()));
    seed.put(ORIGIN, Seeds.origin(wanted.origin()));
    wanted.choices().write(seed);
    return JsonValue.object(seed);
  }

  /** The level of a resource, which has to be outside of the study. */
  private static Level level(IndexReader reader, ResourceId study, String name) {
    Optional<ResourceId> id = ResourceId.parse(name);
    Level level =
        id.flatMap(reader::level).orElseThrow(() -> unknown("Cannot find this resource: " + name));
    if (level == Level.PATIENT) {
      throw unknown(
          "This resource is neither a study, nor a series, nor an instance: "
              + name
              + " is a Patient");
    }
    ResourceId parent =
        level == Level.STUDY
            ? id.get()
            : reader.ancestor(level, id.get(), Level.STUDY).orElseThrow();
    if (parent.equals(study)) {
      throw unknown(
          switch (level) {
            case STUDY, PATIENT -> "Cannot merge a study into the same study: " + name;
            case SERIES -> "Cannot merge series " + name + " into its parent study " + study;
            case INSTANCE -> "Cannot merge instance " + name + " into its parent study " + study;
          });
    }
    return level;
  }

  private static ModificationException unknown(String message) {
    return new ModificationException(Problem.UNKNOWN_RESOURCE, message);
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    JsonValue study = Seeds.present(seed, STUDY);
    return new EditingRun(
        around,
        new Assignment(
            Seeds.ids(seed, INSTANCES),
            () -> edit(seed)::again,
            Seeds.origin(seed, ORIGIN),
            OptionalInt.empty(),
            ResourceId.parse(Seeds.text(seed, STUDY)),
            true,
            Choices.of(seed).options(false),
            _ -> JsonValue.object(Map.of("TargetStudy", study))),
        checkpoint);
  }

  private Regrouping edit(JsonValue.Members seed) {
    Set<Integer> removed = new HashSet<>(Modules.tags(Level.PATIENT));
    removed.addAll(Modules.tags(Level.STUDY));
    ResourceId model = ResourceId.parse(Seeds.text(seed, MODEL)).orElseThrow();
    try (OpenInstance opened =
        around.retrieval().dataSet(model).orElseThrow(() -> Workshop.gone(model))) {
      DataSet dataSet = opened.file().dataSet();
      SpecificCharacterSet declared = dataSet.characterSet(around.encoding().get());
      DataSet.Builder common = new DataSet.Builder();
      for (Element element : dataSet) {
        // As the reference does it, sequences of the other study are not taken over.
        if (removed.contains(element.tag()) && !(element.value() instanceof Value.Items)) {
          loaded(element, opened.file().values()).ifPresent(common::put);
        }
      }
      DataSet module = common.build();
      return new Regrouping(
          Seeds.text(seed, UID),
          Seeds.bytes(seed, KEY),
          removed,
          old -> recoded(module, declared, old.characterSet(around.encoding().get())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Element> loaded(Element element, ByteSource values) throws IOException {
    if (!(element.value() instanceof Value.Located located)) {
      return Optional.of(element);
    }
    if (located.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) located.length()];
    values.read(located.offset(), bytes, 0, bytes.length);
    return Optional.of(new Element(element.tag(), element.vr(), new Value.Bytes(bytes)));
  }

  /** Texts in another character set. */
  private static DataSet recoded(
      DataSet dataSet, SpecificCharacterSet from, SpecificCharacterSet to) {
    if (from.terms().equals(to.terms())) {
      return dataSet;
    }
    DataSet.Builder recoded = new DataSet.Builder();
    for (Element element : dataSet) {
      recoded.put(
          element.vr().isText()
              ? new Element(
                  element.tag(),
                  element.vr(),
                  new Value.Bytes(to.encode(element.text(from), element.vr())))
              : element);
    }
    return recoded.build();
  }
}
