package org.ithil.archive.modification;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ithil.archive.editing.AnonymizationDraw;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.TagPath;

/** Jobs that modify or anonymize resources. */
final class ModificationType implements JobType {
  private static final String INSTANCES = "Instances";
  private static final String SERIES = "Series";
  private static final String KEY = "Key";
  private static final String NUMBER = "Number";
  private static final Set<Integer> UIDS =
      Set.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);

  private final Modification.Surroundings around;

  ModificationType(Modification.Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return ResourceModification.TYPE;
  }

  /** Checks a request; what it means is settled now, and does not change when the job runs. */
  JsonValue.Members seed(ResourceModification asked) {
    ResourceModification wanted =
        asked.anonymization()
            ? asked.with(AnonymizationDraw.withoutSecrets(asked.request()))
            : asked;
    // A request that makes no sense is refused before anything is drawn.
    edit(wanted, new Editing.Draw(new byte[16], 0), uid -> null);
    if (!wanted.anonymization()) {
      refuseToLoseSources(wanted);
    }
    Map<String, JsonValue> seed = wanted.toJson();
    around
        .index()
        .read(reader -> {
          if (!wanted.anonymization() && wanted.level() == Level.STUDY) {
            new PatientRule(reader, around).check(wanted);
          }
          Collection<ResourceId> instances = instances(reader, wanted);
          seed.put(INSTANCES, Seeds.ids(instances));
          seed.put(SERIES, Coverage.seed(reader, instances));
          return true;
        });
    byte[] random = around.keys().get();
    Editing.Draw draw =
        asked.anonymization()
            ? AnonymizationDraw.draw(around.index(), asked.request(), random)
            : new Editing.Draw(random, 0);
    seed.put(KEY, Seeds.bytes(draw.key()));
    seed.put(NUMBER, new JsonValue.Whole(draw.number()));
    return JsonValue.object(seed);
  }

  private static Collection<ResourceId> instances(IndexReader reader, ResourceModification wanted) {
    Set<ResourceId> instances = new LinkedHashSet<>();
    wanted.resources().forEach((id, level) -> Instances.below(reader, level, id, instances));
    return instances;
  }

  private void refuseToLoseSources(ResourceModification wanted) {
    long kept =
        wanted.request().get("Keep") instanceof JsonValue.Items(List<JsonValue> names)
            ? names.stream().map(this::tag).filter(UIDS::contains).distinct().count()
            : 0;
    if (kept < UIDS.size()) {
      return;
    }
    if (!wanted.choices().keepSource()) {
      throw new ModificationException(
          Problem.BAD_REQUEST,
          "StudyInstanceUID, SeriesInstanceUID and SOPInstanceUID are kept, so that the instances"
              + " are overwritten: \"KeepSource\" must be true, or they would be deleted at the"
              + " end");
    }
    if (around.rules().overwrite() == Overwrite.NEVER) {
      throw new ModificationException(
          Problem.BAD_REQUEST,
          "StudyInstanceUID, SeriesInstanceUID and SOPInstanceUID are kept, so that the instances"
              + " are overwritten: the option \"OverwriteInstances\" must be true");
    }
  }

  private int tag(JsonValue name) {
    try {
      return name instanceof JsonValue.Text(String text)
          ? TagPath.parse(text, around.dictionary()).tag()
          : 0;
    } catch (EditException e) {
      return 0;
    }
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    ResourceModification wanted = ResourceModification.of(seed);
    List<ResourceId> instances = Seeds.ids(seed, INSTANCES);
    Editing.Draw draw = new Editing.Draw(Seeds.bytes(seed, KEY), Seeds.whole(seed, NUMBER, 0));
    return new EditingRun(
        around,
        new Assignment(
            instances,
            () -> {
              Edit edit = edit(wanted, draw, Coverage.of(Seeds.present(seed, SERIES), instances));
              return occurrence -> edit;
            },
            wanted.origin(),
            OptionalInt.of(
                wanted.anonymization() ? Metadata.ANONYMIZED_FROM : Metadata.MODIFIED_FROM),
            Optional.empty(),
            !wanted.anonymization(),
            wanted.choices().options(true),
            wanted.telling()),
        checkpoint);
  }

  private Edit edit(
      ResourceModification wanted, Editing.Draw draw, org.ithil.archive.editing.Covered covered) {
    Editing editing = around.editing();
    return wanted.anonymization()
        ? editing.anonymization(wanted.request(), wanted.level(), draw)
        : editing.modification(wanted.request(), wanted.level(), draw, covered);
  }
}
