package org.ithil.archive.modification;

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
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.ElementText;
import org.ithil.dicom.edit.KeyedUids;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Jobs that split studies. */
final class SplitType implements JobType {
  private static final String INSTANCES = "Instances";
  private static final String REPLACE = "Replace";
  private static final String REMOVE = "Remove";
  private static final String KEY = "Key";
  private static final String TARGET = "TargetStudyUID";
  private static final String ORIGIN = "Origin";

  private final Modification.Surroundings around;

  SplitType(Modification.Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return StudySplit.TYPE;
  }

  JsonValue.Members seed(StudySplit wanted) {
    Map<String, JsonValue> seed = new TreeMap<>();
    seed.put(INSTANCES, Seeds.ids(around.index().read(reader -> instances(reader, wanted))));
    seed.put(REPLACE, replaced(wanted.replace()));
    seed.put(REMOVE, removed(wanted.remove()));
    byte[] key = around.keys().get();
    seed.put(KEY, Seeds.bytes(key));
    seed.put(TARGET, new JsonValue.Text(new KeyedUids(key).map("the study that is made")));
    seed.put(ORIGIN, Seeds.origin(wanted.origin()));
    wanted.choices().write(seed);
    return JsonValue.object(seed);
  }

  private static List<ResourceId> instances(IndexReader reader, StudySplit wanted) {
    ResourceId study =
        ResourceId.parse(wanted.study())
            .filter(id -> reader.exists(Level.STUDY, id))
            .orElseThrow(() -> unknown("Cannot split unknown study " + wanted.study()));
    if (wanted.series().isEmpty() && wanted.instances().isEmpty()) {
      throw new ModificationException(
          Problem.BAD_REQUEST, "Both the \"Series\" and the \"Instances\" fields are missing");
    }
    List<ResourceId> all = new ArrayList<>();
    for (String name : wanted.series()) {
      ResourceId id = inside(reader, study, Level.SERIES, name);
      Instances.below(reader, Level.SERIES, id, all);
    }
    for (String name : wanted.instances()) {
      all.add(inside(reader, study, Level.INSTANCE, name));
    }
    return all;
  }

  private static ResourceId inside(IndexReader reader, ResourceId study, Level level, String name) {
    return ResourceId.parse(name)
        .filter(id -> reader.ancestor(level, id, Level.STUDY).equals(Optional.of(study)))
        .orElseThrow(() ->
            unknown(
                "This "
                    + (level == Level.SERIES ? "series" : "instance")
                    + " does not belong to the study to be split: "
                    + name));
  }

  private static ModificationException unknown(String message) {
    return new ModificationException(Problem.UNKNOWN_RESOURCE, message);
  }

  /** Texts by the numbers of their tags. */
  private JsonValue replaced(JsonValue replace) {
    Map<String, JsonValue> texts = new TreeMap<>();
    if (replace instanceof JsonValue.Members members) {
      members
          .members()
          .forEach((name, value) -> {
            int tag = tag(name);
            if (!(value instanceof JsonValue.Text)) {
              throw new ModificationException(Problem.BAD_TYPE, "");
            }
            requireModule(tag);
            texts.put(Tags.format(tag), value);
          });
    } else if (!(replace instanceof JsonValue.Null)) {
      throw new ModificationException(Problem.BAD_TYPE, "");
    }
    return JsonValue.object(texts);
  }

  private JsonValue removed(JsonValue remove) {
    List<JsonValue> tags = new ArrayList<>();
    if (remove instanceof JsonValue.Items(List<JsonValue> items)) {
      for (JsonValue item : items) {
        if (!(item instanceof JsonValue.Text(String name))) {
          throw new ModificationException(Problem.BAD_TYPE, "");
        }
        int tag = tag(name);
        requireModule(tag);
        tags.add(new JsonValue.Text(Tags.format(tag)));
      }
    } else if (!(remove instanceof JsonValue.Null)) {
      throw new ModificationException(Problem.BAD_TYPE, "");
    }
    return new JsonValue.Items(tags);
  }

  private int tag(String name) {
    TagPath path = TagPath.parse(name, around.dictionary());
    return path.isOutermost() ? path.tag() : path.parents().getFirst().sequence();
  }

  private void requireModule(int tag) {
    boolean known =
        Modules.tags(Level.PATIENT).contains(tag) || Modules.tags(Level.STUDY).contains(tag);
    if (!known || tag == Tag.StudyInstanceUID) {
      throw new ModificationException(
          Problem.WRONG_TAG,
          "Cannot modify the following tag while splitting a study (not in the patient/study"
              + " modules): "
              + around.dictionary().nameOf(tag, null)
              + " ("
              + Tags.format(tag, ',')
              + ")");
    }
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    String target = Seeds.text(seed, TARGET);
    Assignment.Telling telling =
        tally -> {
          Map<String, JsonValue> content = new TreeMap<>();
          content.put(TARGET, new JsonValue.Text(target));
          tally
              .first()
              .ifPresent(
                  made -> content.put("TargetStudy", new JsonValue.Text(made.study().toString())));
          return JsonValue.object(content);
        };
    return new EditingRun(
        around,
        new Assignment(
            Seeds.ids(seed, INSTANCES),
            () -> edit(seed, target)::again,
            Seeds.origin(seed, ORIGIN),
            OptionalInt.empty(),
            Optional.empty(),
            true,
            Choices.of(seed).options(false),
            telling),
        checkpoint);
  }

  private Regrouping edit(JsonValue.Members seed, String target) {
    Map<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    ((JsonValue.Members) Seeds.present(seed, REPLACE))
        .members()
        .forEach((tag, text) -> texts.put(number(tag), ((JsonValue.Text) text).text()));
    Set<Integer> removed = new HashSet<>();
    ((JsonValue.Items) Seeds.present(seed, REMOVE))
        .items()
        .forEach(tag -> removed.add(number(((JsonValue.Text) tag).text())));
    ElementText elements = new ElementText(around.dictionary());
    return new Regrouping(
        target,
        Seeds.bytes(seed, KEY),
        removed,
        old -> {
          SpecificCharacterSet characterSet = old.characterSet(around.encoding().get());
          DataSet.Builder added = new DataSet.Builder();
          texts.forEach((tag, text) -> {
            Vr vr = elements.vrOf(tag, null);
            added.put(elements.of(tag, vr, text, characterSet));
          });
          return added.build();
        });
  }

  private static int number(String tag) {
    return Integer.parseUnsignedInt(tag.replaceAll("[^0-9a-fA-F]", ""), 16);
  }
}
