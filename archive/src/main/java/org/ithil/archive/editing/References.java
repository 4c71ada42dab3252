package org.ithil.archive.editing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites what a data set says of other resources, PS3.3 10.3 and the like: UIDs of instances,
 * series and studies that get new ones, wherever in the data set they are, as in SEG, SR, KO, PR
 * and RTSTRUCT. References to anything else stay. Used for one data set, by one thread.
 *
 * <p>In an item that refers to instances, the UID of their study or series follows if one of them
 * does, and stays if all of them stay.
 */
final class References {
  /** UIDs that mean no resource, and those of the data set itself. */
  private static final Set<Integer> NO_REFERENCES =
      Set.of(
          Tag.SOPClassUID,
          Tag.ReferencedSOPClassUID,
          Tag.FrameOfReferenceUID,
          Tag.ReferencedFrameOfReferenceUID,
          Tag.RelatedFrameOfReferenceUID,
          Tag.SourceFrameOfReferenceUID,
          Tag.TargetFrameOfReferenceUID,
          Tag.VolumeFrameOfReferenceUID,
          Tag.TableFrameOfReferenceUID,
          Tag.EquipmentFrameOfReferenceUID,
          Tag.SynchronizationFrameOfReferenceUID);

  private static final Set<Integer> OWN =
      Set.of(Tag.SOPInstanceUID, Tag.SeriesInstanceUID, Tag.StudyInstanceUID);

  private static final String STANDARD_ROOT = "1.2.840.10008.";

  private final Covered covered;
  private final Renaming renaming;
  private final Map<String, String> known = new HashMap<>();

  /** What a resource of a level is called afterwards. */
  interface Renaming {
    /** The new UID, or the old one if it stays. */
    String rename(Level level, String uid);
  }

  References(Covered covered, Renaming renaming) {
    this.covered = covered;
    this.renaming = renaming;
  }

  /** The data set with references that follow; its own identifiers stay as they are. */
  DataSet follow(DataSet dataSet) {
    return each(dataSet, true);
  }

  private DataSet each(DataSet dataSet, boolean outermost) {
    DataSet.Builder changed = null;
    for (Element element : dataSet) {
      Element followed =
          outermost && OWN.contains(element.tag()) ? element : follow(element, dataSet);
      if (followed != element) {
        changed = changed == null ? dataSet.toBuilder() : changed;
        changed.put(followed);
      }
    }
    return changed == null ? dataSet : changed.build();
  }

  private Element follow(Element element, DataSet around) {
    if (element.value() instanceof Value.Items(List<DataSet> items)) {
      List<DataSet> followed = new ArrayList<>(items.size());
      boolean changed = false;
      for (DataSet item : items) {
        DataSet after = each(item, false);
        changed |= after != item;
        followed.add(after);
      }
      return changed
          ? new Element(element.tag(), element.vr(), new Value.Items(followed))
          : element;
    }
    boolean uids =
        element.vr() == Vr.UI
            && element.value() instanceof Value.Bytes
            && !NO_REFERENCES.contains(element.tag());
    if (!uids || isAroundOthers(element.tag(), around)) {
      return element;
    }
    return replaceUids(element, this::renamed);
  }

  /** True for the UID of a study or series in an item whose instances all stay. */
  private boolean isAroundOthers(int tag, DataSet item) {
    boolean hierarchical = tag == Tag.StudyInstanceUID || tag == Tag.SeriesInstanceUID;
    return hierarchical && instances(item) == Found.OTHERS;
  }

  private enum Found {
    NONE,
    OTHERS,
    RENAMED
  }

  /** What instances an item refers to, in items inside it too. */
  private Found instances(DataSet item) {
    Found found = Found.NONE;
    for (Element element : item) {
      Found here = Found.NONE;
      if (element.tag() == Tag.ReferencedSOPInstanceUID) {
        String uid = element.text(SpecificCharacterSet.ASCII).strip();
        here = renamed(uid).equals(uid) ? Found.OTHERS : Found.RENAMED;
      }
      for (DataSet inside : element.items()) {
        Found deeper = instances(inside);
        here = deeper.compareTo(here) > 0 ? deeper : here;
      }
      if (here == Found.RENAMED) {
        return here;
      }
      found = here.compareTo(found) > 0 ? here : found;
    }
    return found;
  }

  private String renamed(String uid) {
    if (uid.isEmpty() || uid.startsWith(STANDARD_ROOT)) {
      return uid;
    }
    String name = known.get(uid);
    if (name == null) {
      @Nullable Level level = covered.level(uid);
      name = level == null ? uid : renaming.rename(level, uid);
      known.put(uid, name);
    }
    return name;
  }

  /** An element of UIDs with others in their place; the same one if all of them stay. */
  private static Element replaceUids(Element element, UnaryOperator<String> mapping) {
    List<String> before = element.texts(SpecificCharacterSet.ASCII);
    List<String> after = new ArrayList<>(before.size());
    boolean changed = false;
    for (String value : before) {
      String uid = value.strip();
      String mapped = mapping.apply(uid);
      changed |= !mapped.equals(uid);
      after.add(mapped);
    }
    return changed ? uids(element.tag(), String.join("\\", after)) : element;
  }

  /** An element with UIDs. */
  static Element uids(int tag, String text) {
    byte[] bytes =
        (text.length() % 2 == 0 ? text : text + '\0').getBytes(StandardCharsets.US_ASCII);
    return new Element(tag, Vr.UI, bytes.length == 0 ? Value.EMPTY : new Value.Bytes(bytes));
  }

  /** A data set whose mentions of frames of reference follow a new one. */
  static DataSet followFrames(DataSet dataSet, Set<String> old, String replacement) {
    if (old.isEmpty()) {
      return dataSet;
    }
    DataSet.Builder changed = null;
    for (Element element : dataSet) {
      Element after = element;
      if (element.value() instanceof Value.Items(List<DataSet> items)) {
        List<DataSet> inside =
            items.stream().map(item -> followFrames(item, old, replacement)).toList();
        after = new Element(element.tag(), element.vr(), new Value.Items(inside));
      } else if (element.vr() == Vr.UI && element.value() instanceof Value.Bytes) {
        after = replaceUids(element, uid -> old.contains(uid) ? replacement : uid);
      }
      if (!after.equals(element)) {
        changed = changed == null ? dataSet.toBuilder() : changed;
        changed.put(after);
      }
    }
    return changed == null ? dataSet : changed.build();
  }

  /**
   * The frames of reference of images that are covered, as a structure set (PS3.3 C.8.8.5) names
   * them.
   */
  Set<String> frames(DataSet dataSet) {
    Set<String> frames = new HashSet<>();
    Element sequence = dataSet.get(Tag.ReferencedFrameOfReferenceSequence);
    for (DataSet item : sequence == null ? List.<DataSet>of() : sequence.items()) {
      if (instances(item) == Found.RENAMED) {
        item.ascii(Tag.FrameOfReferenceUID).map(String::strip).ifPresent(frames::add);
      }
    }
    frames.remove("");
    return frames;
  }
}
