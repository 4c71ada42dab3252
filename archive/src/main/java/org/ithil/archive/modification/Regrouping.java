package org.ithil.archive.modification;

import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.KeyedUids;
import org.ithil.dicom.edit.UidMapping;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * Puts instances into another study: what tells of patient and study is exchanged, series and
 * instance get new UIDs. UIDs in items stay.
 */
final class Regrouping implements Edit {
  private final String study;
  private final UidMapping uids;
  private final Set<Integer> removed;
  private final Additions additions;
  private final String distinction;

  /** What instances get. */
  @FunctionalInterface
  interface Additions {
    /**
     * The elements.
     *
     * @param target the data set that gets them
     */
    DataSet of(DataSet target);
  }

  /**
   * @param study UID of the new study
   * @param key for new UIDs of series and instances
   * @param removed tags that instances shall not have, unless they are added
   */
  Regrouping(String study, byte[] key, Set<Integer> removed, Additions additions) {
    this(study, new KeyedUids(key), Set.copyOf(removed), additions, "");
  }

  private Regrouping(
      String study,
      UidMapping uids,
      Set<Integer> removed,
      Additions additions,
      String distinction) {
    this.study = study;
    this.uids = uids;
    this.removed = removed;
    this.additions = additions;
    this.distinction = distinction;
  }

  /** The same, but new instances are others: for those that are named more than once. */
  Regrouping again(int occurrence) {
    return occurrence == 0
        ? this
        : new Regrouping(study, uids, removed, additions, " " + occurrence);
  }

  @Override
  public Edited apply(DicomFile file) {
    DataSet old = file.dataSet();
    DataSet.Builder result = old.toBuilder();
    removed.forEach(result::remove);
    for (Element element : additions.of(old)) {
      result.put(element);
    }
    result.put(uid(Tag.StudyInstanceUID, study));
    renew(old, Tag.SeriesInstanceUID, "", result);
    renew(old, Tag.SOPInstanceUID, distinction, result);
    return new Edited(result.build(), file.values());
  }

  private void renew(DataSet old, int tag, String addition, DataSet.Builder result) {
    old.ascii(tag)
        .map(String::strip)
        .ifPresent(uid -> result.put(uid(tag, uids.map(uid + addition))));
  }

  private static Element uid(int tag, String uid) {
    String even = uid.length() % 2 == 0 ? uid : uid + '\0';
    return new Element(tag, Vr.UI, new Value.Bytes(SpecificCharacterSet.ASCII.encode(even, Vr.UI)));
  }
}
