package org.ithil.archive.module;

import java.util.HashSet;
import java.util.Set;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;

/**
 * The tags of the module that describes a level: Patient (PS3.3 C.7.1.1), General Study (C.7.2.1),
 * General Series (C.7.3.1), SOP Common (C.12.1). The lists are those of the reference: what it
 * shows of a file that has every tag.
 */
public final class Modules {
  private static final Set<Integer> PATIENT =
      tags(
          "00081120 00100010 00100020 00100021 00100024 00100030 00100032 00100040 00101000"
              + " 00101001 00101002 00102160 00102201 00102202 00102292 00102293 00102294 00102297"
              + " 00102298 00102299 00104000 00120062 00120063 00120064");

  private static final Set<Integer> STUDY =
      tags(
          "00080020 00080030 00080050 00080051 00080090 00080096 00081030 00081032 00081048"
              + " 00081049 00081060 00081062 00081110 0020000d 00200010 00321034 00401012");

  private static final Set<Integer> SERIES =
      tags(
          "00080021 00080031 00080060 0008103e 0008103f 00081050 00081052 00081070 00081072"
              + " 00081111 00081250 00102210 00180015 00181030 00185100 0020000e 00200011 00200060"
              + " 00280108 00400244 00400245 00400253 00400254 00400260 00400275 00400280");

  private static final Set<Integer> INSTANCE =
      tags(
          "00080005 00080012 00080013 00080014 00080016 00080018 0008001a 0008001b 00080110"
              + " 00080201 0018a001 00200013 00280303 0040a390 01000410 01000420 01000424 01000426"
              + " 04000500 04000561 4ffe0001");

  private Modules() {}

  private static Set<Integer> tags(String list) {
    Set<Integer> tags = new HashSet<>();
    for (String tag : list.split(" ", -1)) {
      tags.add(Integer.parseUnsignedInt(tag, 16));
    }
    return Set.copyOf(tags);
  }

  /** The tags of the module of a level. */
  public static Set<Integer> tags(Level level) {
    return switch (level) {
      case PATIENT -> PATIENT;
      case STUDY -> STUDY;
      case SERIES -> SERIES;
      case INSTANCE -> INSTANCE;
    };
  }

  /** The elements of a data set that belong to the module of a level. */
  public static DataSet of(Level level, DataSet dataSet) {
    Set<Integer> tags = tags(level);
    DataSet.Builder module = new DataSet.Builder();
    for (Element element : dataSet) {
      if (tags.contains(element.tag())) {
        module.put(element);
      }
    }
    return module.build();
  }
}
