package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ithil.dicom.edit.TagPath;

/** What clients want to keep. */
final class Keeping {
  private final Set<Integer> tags = new HashSet<>();
  private final List<TagPath> inItems = new ArrayList<>();

  Keeping(List<TagPath> paths) {
    for (TagPath path : paths) {
      if (path.isOutermost()) {
        tags.add(path.tag());
      } else {
        inItems.add(path);
      }
    }
  }

  /** Whether a tag is named without a path: then it is meant wherever it is. */
  boolean names(int tag) {
    return tags.contains(tag);
  }

  /** Whether an element lies on a path into items. */
  boolean names(List<TagPath.Step> place, int tag) {
    for (TagPath path : inItems) {
      if (path.matches(place, tag)) {
        return true;
      }
    }
    return false;
  }

  /** The place of an item's elements; not told apart if no path wants to know it. */
  List<TagPath.Step> into(List<TagPath.Step> place, int sequence, int item) {
    if (inItems.isEmpty()) {
      return place;
    }
    List<TagPath.Step> inside = new ArrayList<>(place);
    inside.add(new TagPath.Step(sequence, item));
    return inside;
  }
}
