package org.ithil.dicom.directory;

import java.util.List;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;

/**
 * The attributes of an instance that its directory records show, PS3.3 F.5. What the instance does
 * not have is left out, but for those that PS3.3 wants even if empty.
 */
public final class RecordKeys {
  private static final List<Integer> PATIENT = List.of(Tag.PatientName, Tag.PatientID);
  private static final List<Integer> STUDY =
      List.of(
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.AccessionNumber,
          Tag.StudyDescription,
          Tag.StudyInstanceUID,
          Tag.StudyID);
  private static final List<Integer> SERIES =
      List.of(Tag.Modality, Tag.SeriesInstanceUID, Tag.SeriesNumber);
  private static final List<Integer> IMAGE = List.of(Tag.InstanceNumber);
  private static final List<Integer> SR_DOCUMENT =
      List.of(
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.InstanceNumber,
          Tag.ConceptNameCodeSequence,
          Tag.CompletionFlag,
          Tag.VerificationFlag,
          Tag.ContentSequence);
  private static final List<Integer> PRESENTATION =
      List.of(
          Tag.ReferencedSeriesSequence,
          Tag.InstanceNumber,
          Tag.ContentLabel,
          Tag.ContentDescription,
          Tag.PresentationCreationDate,
          Tag.PresentationCreationTime,
          Tag.ContentCreatorName,
          Tag.BlendingSequence);
  private static final List<Integer> KEY_OBJECT_DOCUMENT =
      List.of(
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.InstanceNumber,
          Tag.ConceptNameCodeSequence,
          Tag.ContentSequence);
  private static final List<Integer> ENCAPSULATED_DOCUMENT =
      List.of(
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.InstanceNumber,
          Tag.ConceptNameCodeSequence,
          Tag.HL7InstanceIdentifier,
          Tag.DocumentTitle,
          Tag.MIMETypeOfEncapsulatedDocument);

  private RecordKeys() {}

  /**
   * The keys of a record, Specific Character Set included.
   *
   * @param instance its header
   * @param extended whether there is more than the standard wants
   */
  public static DataSet of(RecordKind kind, DataSet instance, boolean extended) {
    DataSet.Builder keys = new DataSet.Builder();
    copy(keys, Tag.SpecificCharacterSet, instance);
    for (int tag : tags(kind)) {
      if (tag == Tag.ContentSequence) {
        modifiers(keys, instance);
      } else {
        copy(keys, tag, instance);
      }
    }
    if (extended && kind == RecordKind.SERIES) {
      copy(keys, Tag.SeriesDescription, instance);
    }
    for (int tag : List.of(Tag.PatientID, Tag.StudyID)) {
      if (keys.get(tag) instanceof Element id && id.isEmpty()) {
        keys.remove(tag); // of type 1: it has a value or is not there
      }
    }
    for (int tag : empty(kind)) {
      keys.addIfAbsent(new Element(tag, vr(tag), Value.EMPTY));
    }
    if (kind == RecordKind.SR_DOCUMENT) {
      verified(keys, instance);
    }
    return keys.build();
  }

  private static List<Integer> tags(RecordKind kind) {
    return switch (kind) {
      case PATIENT -> PATIENT;
      case STUDY -> STUDY;
      case SERIES -> SERIES;
      case IMAGE -> IMAGE;
      case SR_DOCUMENT -> SR_DOCUMENT;
      case PRESENTATION -> PRESENTATION;
      case KEY_OBJECT_DOCUMENT -> KEY_OBJECT_DOCUMENT;
      case ENCAPSULATED_DOCUMENT -> ENCAPSULATED_DOCUMENT;
    };
  }

  /** Those of type 2: they stand in a record even without value. */
  private static Set<Integer> empty(RecordKind kind) {
    return switch (kind) {
      case PATIENT -> Set.of(Tag.PatientName);
      case STUDY -> Set.of(Tag.AccessionNumber, Tag.StudyDescription);
      case SERIES -> Set.of();
      case IMAGE, SR_DOCUMENT, KEY_OBJECT_DOCUMENT -> Set.of(Tag.InstanceNumber);
      case PRESENTATION ->
          Set.of(Tag.InstanceNumber, Tag.ContentDescription, Tag.ContentCreatorName);
      case ENCAPSULATED_DOCUMENT ->
          Set.of(
              Tag.InstanceNumber,
              Tag.ContentDate,
              Tag.ContentTime,
              Tag.DocumentTitle,
              Tag.ConceptNameCodeSequence);
    };
  }

  private static Vr vr(int tag) {
    return switch (tag) {
      case Tag.PatientName, Tag.ContentCreatorName -> Vr.PN;
      case Tag.AccessionNumber -> Vr.SH;
      case Tag.InstanceNumber -> Vr.IS;
      case Tag.ContentDate -> Vr.DA;
      case Tag.ContentTime -> Vr.TM;
      case Tag.DocumentTitle -> Vr.ST;
      case Tag.ConceptNameCodeSequence -> Vr.SQ;
      default -> Vr.LO;
    };
  }

  private static void copy(DataSet.Builder keys, int tag, DataSet from) {
    Element element = from.get(tag);
    if (element != null) {
      keys.put(element);
    }
  }

  /** Of the content only what modifies the title, PS3.3 F.5.25 and F.5.28. */
  private static void modifiers(DataSet.Builder keys, DataSet instance) {
    Element content = instance.get(Tag.ContentSequence);
    if (content == null) {
      return;
    }
    List<DataSet> modifiers =
        content.items().stream()
            .filter(item ->
                item.ascii(Tag.RelationshipType)
                    .map(String::strip)
                    .orElse("")
                    .equals("HAS CONCEPT MOD"))
            .toList();
    if (!modifiers.isEmpty()) {
      keys.put(new Element(Tag.ContentSequence, Vr.SQ, new Value.Items(modifiers)));
    }
  }

  /** When the document was verified last. */
  private static void verified(DataSet.Builder keys, DataSet instance) {
    Element observers = instance.get(Tag.VerifyingObserverSequence);
    if (observers == null) {
      return;
    }
    String latest = "";
    for (DataSet observer : observers.items()) {
      String time = observer.ascii(Tag.VerificationDateTime).orElse("");
      if (time.compareTo(latest) > 0) {
        latest = time;
        copy(keys, Tag.VerificationDateTime, observer);
      }
    }
  }
}
