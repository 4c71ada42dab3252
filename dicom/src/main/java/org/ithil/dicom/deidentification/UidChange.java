package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.UidMapping;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** New UIDs for those of one data set. */
final class UidChange {
  private static final List<Integer> IDENTIFIERS =
      List.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);

  private final UidMapping uids;
  private final Map<String, String> given = new HashMap<>();

  /**
   * @param replaced what a client gives identifiers of the data set
   */
  UidChange(UidMapping uids, DataSet dataSet, Map<Integer, String> replaced) {
    this.uids = uids;
    for (int tag : IDENTIFIERS) {
      String to = replaced.get(tag);
      if (to != null) {
        give(dataSet, tag, to);
      }
    }
  }

  /** Lets the UID that a data set has there become another one. */
  void give(DataSet dataSet, int tag, String to) {
    String uid = uid(dataSet, tag);
    if (!uid.isEmpty()) {
      given.put(uid, to);
    }
  }

  /** Lets the UID that a data set has there stay. */
  void keep(DataSet dataSet, int tag) {
    give(dataSet, tag, uid(dataSet, tag));
  }

  private static String uid(DataSet dataSet, int tag) {
    return dataSet.ascii(tag).map(String::strip).orElse("");
  }

  /** The new UID for one. */
  String of(String uid) {
    String to = given.get(uid);
    return to == null ? uids.map(uid) : to;
  }

  /** The element with new UIDs. */
  Element of(Element element) {
    List<String> changed = new ArrayList<>();
    Element text = new Element(element.tag(), Vr.UI, element.value());
    for (String value : text.texts(SpecificCharacterSet.ASCII)) {
      String uid = value.strip();
      changed.add(uid.isEmpty() ? "" : of(uid));
    }
    return Elements.ascii(element.tag(), Vr.UI, String.join("\\", changed));
  }
}
