package org.ithil.archive.modification;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.TagPath;

/**
 * Keeps patients of one mind: a study that is modified may not say of a patient what its other
 * studies do not.
 */
final class PatientRule {
  private static final String WHY =
      "Trying to change patient tags in a study.  The Patient already exists and has other studies."
          + "  All the 'Replace' tags should match the existing patient main dicom tags and you"
          + " should specify all Patient MainDicomTags in your query.  Try using"
          + " /patients/../modify instead to modify the patient. ";

  private final IndexReader reader;
  private final Modification.Surroundings around;

  PatientRule(IndexReader reader, Modification.Surroundings around) {
    this.reader = reader;
    this.around = around;
  }

  /**
   * Checks a modification at the level of studies.
   *
   * @throws ModificationException if it is against the rule
   */
  void check(ResourceModification wanted) {
    Map<Integer, String> replaced = replaced(wanted.request());
    boolean ofPatient = replaced.keySet().stream().anyMatch(this::isOfPatient);
    if (!ofPatient) {
      return;
    }
    Set<ResourceId> studies = new HashSet<>();
    Set<ResourceId> patients = new HashSet<>();
    wanted
        .resources()
        .forEach((id, level) -> {
          if (level == Level.PATIENT) {
            studies.addAll(reader.descendants(level, id, Level.STUDY));
          } else if (level == Level.STUDY) {
            studies.add(id);
          } else {
            reader.ancestor(level, id, Level.STUDY).ifPresent(studies::add);
          }
        });
    String newId = replaced.get(Tag.PatientID);
    if (newId != null) {
      patients.add(ResourceId.ofPatient(newId.stripTrailing()));
    } else {
      studies.forEach(
          study -> reader.ancestor(Level.STUDY, study, Level.PATIENT).ifPresent(patients::add));
    }
    for (ResourceId patient : patients) {
      boolean hasOthers =
          reader.descendants(Level.PATIENT, patient, Level.STUDY).stream()
              .anyMatch(study -> !studies.contains(study));
      if (hasOthers) {
        compare(replaced, reader.mainTags(Level.PATIENT, patient).orElse(Map.of()));
      }
    }
  }

  private boolean isOfPatient(int tag) {
    return around.mainTags().contains(Level.PATIENT, tag);
  }

  private static void compare(Map<Integer, String> replaced, Map<Integer, String> existing) {
    new TreeMap<>(existing)
        .forEach((tag, text) -> {
          String given = replaced.get(tag);
          if (given == null) {
            throw refusal("Missing tag in the 'Replace' tags: ", tag);
          }
          if (!given.stripTrailing().equals(text.stripTrailing())) {
            throw refusal("Failing tag: ", tag);
          }
        });
  }

  private static ModificationException refusal(String what, int tag) {
    return new ModificationException(Problem.BAD_REQUEST, WHY + what + Tags.format(tag, ','));
  }

  /** The tags that are replaced by texts. */
  private Map<Integer, String> replaced(JsonValue.Members request) {
    Map<Integer, String> replaced = new TreeMap<>();
    if (request.get("Replace") instanceof JsonValue.Members members) {
      members
          .members()
          .forEach((name, value) -> {
            try {
              TagPath path = TagPath.parse(name, around.dictionary());
              if (path.isOutermost()) {
                replaced.put(path.tag(), value instanceof JsonValue.Text(String text) ? text : "");
              }
            } catch (EditException e) {
              // The edit refuses it, or knows better.
            }
          });
    }
    return replaced;
  }
}
