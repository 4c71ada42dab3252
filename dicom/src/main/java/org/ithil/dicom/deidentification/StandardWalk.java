package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.UidMapping;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** Goes through one data set by the profile of PS3.15, items included. */
final class StandardWalk {
  /** Below it are UIDs of the standard, which identify nobody: classes, well-known frames. */
  private static final String STANDARD_UIDS = "1.2.840.10008.";

  private static final List<Integer> IDENTIFIERS =
      List.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);

  private final StandardProfile profile;
  private final Deidentification.Rules rules;
  private final Keeping keeping;
  private final Here outermost;
  private final UidChange uids;
  private final Dummies dummies;
  private final DateShift dates;
  private final SafePrivate safe;
  private @Nullable TextCleaner cleaner;

  /**
   * @param patientId as it was
   */
  StandardWalk(
      StandardProfile profile,
      Deidentification.Rules rules,
      Keeping keeping,
      Here outermost,
      String patientId) {
    this.profile = profile;
    this.rules = rules;
    this.keeping = keeping;
    this.outermost = outermost;
    Pseudonyms pseudonyms = rules.identity().pseudonyms();
    UidMapping mapping = pseudonyms.uids();
    this.uids =
        new UidChange(
            uid -> uid.startsWith(STANDARD_UIDS) ? uid : mapping.map(uid),
            outermost.dataSet(),
            rules.replaced());
    for (int tag : IDENTIFIERS) {
      if (keeping.names(tag)) {
        uids.keep(outermost.dataSet(), tag);
      }
    }
    this.dummies = new Dummies(uids);
    this.dates = new DateShift(pseudonyms.days(patientId));
    this.safe = new SafePrivate(outermost.dataSet());
  }

  /** What comes of the data set; the patient's identity is not written yet. */
  DataSet walk(Here here) {
    return walk(here, false);
  }

  /**
   * @param cleaning whether it lies in a sequence that is cleaned, so that all texts are
   */
  private DataSet walk(Here here, boolean cleaning) {
    DataSet.Builder result = new DataSet.Builder();
    Set<Integer> creators = new HashSet<>();
    for (Element element : here.dataSet()) {
      Element changed = change(element, here, cleaning);
      if (changed != null) {
        result.put(changed);
        if (Tags.isPrivate(changed.tag())) {
          creators.add(Tags.creatorOf(changed.tag()));
        }
      }
    }
    for (int creator : creators) {
      Element named = here.dataSet().get(creator);
      if (named != null) {
        result.put(named);
      }
    }
    Element length = result.get(Tag.EncapsulatedDocumentLength);
    Element document = result.get(Tag.EncapsulatedDocument);
    if (length != null && document != null && document != here.dataSet().get(document.tag())) {
      result.put(documentLength(length, here.dataSet()));
    }
    return result.build();
  }

  private static Element documentLength(Element length, DataSet around) {
    int bytes = Dummies.documentLength(around);
    return new Element(
        length.tag(),
        length.vr(),
        new Value.Bytes(new byte[] {(byte) bytes, (byte) (bytes >> 8), (byte) (bytes >> 16), 0}));
  }

  private @Nullable Element change(Element found, Here here, boolean cleaning) {
    int tag = found.tag();
    if (keeping.names(tag) || keeping.names(here.place(), tag)) {
      return found;
    }
    if (Tags.isPrivate(tag)) {
      return ofPrivate(found, here, cleaning);
    }
    Element element = Elements.known(found);
    return switch (profile.action(tag)) {
      case KEEP -> kept(element, here, cleaning);
      case REMOVE -> null;
      case EMPTY -> tag == Tag.PatientID ? patientId(element, here) : Elements.emptied(element);
      case DUMMY -> dummy(element, here, false);
      case DUMMY_ALWAYS -> dummy(element, here, true);
      case NEW_UID ->
          element.vr() == Vr.SQ || element.vr() != Vr.UI
              ? kept(element, here, cleaning)
              : uids.of(element);
      case SHIFT -> dates.of(element).orElseGet(() -> otherwise(element, here));
      case NEW_TITLE -> title(element, here);
      case CLEAN -> cleaned(element, here);
    };
  }

  private @Nullable Element ofPrivate(Element element, Here here, boolean cleaning) {
    int tag = element.tag();
    if (rules.keepPrivate()) {
      return inside(element, here, cleaning);
    }
    boolean retained =
        !Tags.isPrivateCreator(tag)
            && profile.has(DeidentificationOption.RETAIN_SAFE_PRIVATE)
            && safe.isSafe(element, here.dataSet());
    if (!retained) {
      return null;
    }
    boolean changes = element.vr() == Vr.UI && !profile.has(DeidentificationOption.RETAIN_UIDS);
    return changes ? uids.of(element) : inside(element, here, cleaning);
  }

  /** An element that the table lacks, or that an option keeps. */
  private @Nullable Element kept(Element element, Here here, boolean cleaning) {
    if (element.vr() == Vr.UN) {
      return null; // Nobody knows what is in it.
    }
    if (element.tag() == Tag.PrivateDataElementCharacteristicsSequence
        && !profile.has(DeidentificationOption.RETAIN_SAFE_PRIVATE)) {
      return null;
    }
    if (cleaning && isFreeText(element)) {
      return cleaner().of(element, here.characterSet());
    }
    return inside(element, here, cleaning);
  }

  /** Text that is no part of a code, PS3.3 8. */
  private static boolean isFreeText(Element element) {
    return switch (element.vr()) {
      case LT, PN, ST, UC, UT -> true;
      case LO, SH -> Tags.group(element.tag()) != 0x0008;
      default -> false;
    };
  }

  private Element inside(Element element, Here here, boolean cleaning) {
    if (!(element.value() instanceof Value.Items(List<DataSet> items))) {
      return element;
    }
    List<DataSet> changed = new ArrayList<>(items.size());
    boolean content = cleaning && element.tag() == Tag.ContentSequence;
    boolean characteristics = !profile.has(DeidentificationOption.RETAIN_PATIENT_CHARACTERISTICS);
    for (int i = 0; i < items.size(); i++) {
      if (content && Observation.identifies(items.get(i), characteristics)) {
        continue;
      }
      changed.add(walk(here.item(items.get(i), element.tag(), i, keeping), cleaning));
    }
    return new Element(element.tag(), element.vr(), new Value.Items(changed));
  }

  private Element dummy(Element element, Here here, boolean always) {
    if (element.isEmpty() && !always) {
      return element;
    }
    if (element.tag() == Tag.PatientID) {
      return patientId(element, here);
    }
    return dummies.of(element, here.dataSet());
  }

  private Element patientId(Element element, Here here) {
    if (element.isEmpty()) {
      return element;
    }
    String id = rules.identity().patientId(element.text(here.characterSet()));
    return Elements.ascii(element.tag(), element.vr(), id);
  }

  private Element title(Element element, Here here) {
    if (element.vr() != Vr.AE) {
      return cleanedText(element, here);
    }
    List<String> titles = new ArrayList<>();
    for (String title : element.texts(SpecificCharacterSet.ASCII)) {
      titles.add(title.isBlank() ? "" : rules.identity().pseudonyms().applicationEntity(title));
    }
    return Elements.ascii(element.tag(), element.vr(), String.join("\\", titles));
  }

  private @Nullable Element cleaned(Element element, Here here) {
    if (element.value() instanceof Value.Items) {
      return inside(element, here, true);
    }
    boolean text = element.vr().isText() && element.value() instanceof Value.Bytes;
    return text && element.vr() != Vr.CS ? cleanedText(element, here) : otherwise(element, here);
  }

  private Element cleanedText(Element element, Here here) {
    Element cleaned = cleaner().of(element, here.characterSet());
    boolean needed =
        cleaned.isEmpty()
            && StandardProfile.base(element.tag()) == StandardProfile.Action.DUMMY_ALWAYS;
    return needed ? dummies.of(element, here.dataSet()) : cleaned;
  }

  /** What the profile does without options. */
  private @Nullable Element otherwise(Element element, Here here) {
    return switch (StandardProfile.base(element.tag())) {
      case REMOVE -> null;
      case EMPTY -> Elements.emptied(element);
      case KEEP, DUMMY, DUMMY_ALWAYS, NEW_UID, SHIFT, NEW_TITLE, CLEAN ->
          dummy(element, here, true);
    };
  }

  private TextCleaner cleaner() {
    if (cleaner == null) {
      cleaner = new TextCleaner(outermost.dataSet(), outermost.characterSet());
    }
    return cleaner;
  }
}
