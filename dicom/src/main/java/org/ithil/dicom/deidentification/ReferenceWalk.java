package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one data set by a profile of the reference, with what it is known for: names of
 * patients stay in items, and what is kept of the identifiers is kept outermost only.
 */
final class ReferenceWalk {
  private static final Set<Integer> OUTERMOST_ONLY =
      Set.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);

  private final ProfileVersion version;
  private final Deidentification.Rules rules;
  private final Keeping keeping;
  private final UidChange uids;
  private final boolean patientIdsStay;

  ReferenceWalk(
      ProfileVersion version, Deidentification.Rules rules, Keeping keeping, DataSet dataSet) {
    this.version = version;
    this.rules = rules;
    this.keeping = keeping;
    this.uids = new UidChange(rules.identity().pseudonyms().uids(), dataSet, rules.replaced());
    this.patientIdsStay =
        keeping.names(Tag.PatientID) || rules.replaced().containsKey(Tag.PatientID);
  }

  /** What comes of the data set; the patient's identity is not written yet. */
  DataSet walk(Here here) {
    DataSet.Builder result = new DataSet.Builder();
    for (Element element : here.dataSet()) {
      Element changed = change(element, here);
      if (changed != null) {
        result.put(changed);
      }
    }
    return result.build();
  }

  private @Nullable Element change(Element element, Here here) {
    int tag = element.tag();
    if (isKept(tag, here)) {
      return element;
    }
    if (Tags.isPrivate(tag)) {
      return rules.keepPrivate() || isCreatorOfKept(tag, here) ? inside(element, here) : null;
    }
    return switch (ReferenceTable.action(version, tag)) {
      case KEEP -> inside(element, here);
      case REMOVE -> null;
      case EMPTY -> here.outermost() || element.vr().isText() ? Elements.emptied(element) : null;
      case NEW_UID ->
          Elements.known(element).vr() == Vr.UI ? uids.of(element) : inside(element, here);
      case OWN -> tag == Tag.PatientID && !here.outermost() ? patientId(element, here) : element;
    };
  }

  private boolean isKept(int tag, Here here) {
    boolean named = keeping.names(tag) && (here.outermost() || !OUTERMOST_ONLY.contains(tag));
    return named || keeping.names(here.place(), tag);
  }

  private boolean isCreatorOfKept(int tag, Here here) {
    if (!Tags.isPrivateCreator(tag)) {
      return false;
    }
    for (Element element : here.dataSet()) {
      if (Tags.isPrivate(element.tag())
          && !Tags.isPrivateCreator(element.tag())
          && Tags.creatorOf(element.tag()) == tag
          && isKept(element.tag(), here)) {
        return true;
      }
    }
    return false;
  }

  private Element inside(Element element, Here here) {
    if (!(element.value() instanceof Value.Items(List<DataSet> items))) {
      return element;
    }
    List<DataSet> changed = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      changed.add(walk(here.item(items.get(i), element.tag(), i, keeping)));
    }
    return new Element(element.tag(), element.vr(), new Value.Items(changed));
  }

  private Element patientId(Element element, Here here) {
    if (patientIdsStay) {
      return element;
    }
    String id = rules.identity().patientId(element.text(here.characterSet()));
    return Elements.ascii(element.tag(), element.vr(), id);
  }
}
