package org.ithil.dicom.deidentification;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** Compares data sets before and after with PS3.15 Table E.1-1. */
final class StandardCheck {
  private static final Map<Vr, String> FORMS =
      Map.of(
          Vr.DA, "(\\d{8})?",
          Vr.TM, "(\\d{6})?",
          Vr.DT, "(\\d{14})?",
          Vr.AS, "(\\d{3}[DWMY])?",
          Vr.AE, "[A-Z0-9]{0,16}",
          Vr.SH, "(?s).{0,16}",
          Vr.LO, "(?s).{0,64}",
          Vr.CS, "[A-Z0-9 _]{0,16}");

  private static final Set<Integer> MARKS =
      Set.of(
          Tag.PatientName,
          Tag.PatientID,
          Tag.PatientIdentityRemoved,
          Tag.DeidentificationMethod,
          Tag.DeidentificationMethodCodeSequence,
          Tag.LongitudinalTemporalInformationModified);

  private final StandardTable table;
  private final Set<DeidentificationOption> options;
  private final List<String> faults;

  StandardCheck(StandardTable table, Set<DeidentificationOption> options, List<String> faults) {
    this.table = table;
    this.options = options;
    this.faults = faults;
  }

  void check(DataSet before, DataSet after, boolean outermost) {
    for (Element element : before) {
      if (outermost && MARKS.contains(element.tag())) {
        continue;
      }
      Element now = after.get(element.tag());
      if (!isRight(element, now, before)) {
        faults.add(
            options
                + " "
                + Tags.format(element.tag())
                + " "
                + table.base(element.tag())
                + ": "
                + element
                + " became "
                + now);
      }
    }
    for (Element element : after) {
      if (!before.contains(element.tag()) && !(outermost && MARKS.contains(element.tag()))) {
        faults.add("new: " + element);
      }
    }
  }

  private boolean isRight(Element element, @Nullable Element now, DataSet before) {
    int tag = element.tag();
    if (Tags.isPrivate(tag)) {
      return now == null
          || options.contains(DeidentificationOption.RETAIN_SAFE_PRIVATE)
              && (Tags.isPrivateCreator(tag) || new SafePrivate(before).isSafe(element, before));
    }
    if (tag >>> 24 == 0x60 || tag >>> 24 == 0x50) {
      return now == null;
    }
    if (now != null && now.vr() != element.vr() && element.vr() != Vr.UN) {
      return false;
    }
    if (tag == Tag.EncapsulatedDocumentLength) {
      return true; // That of the dummy.
    }
    boolean kept = false;
    boolean cleaned = false;
    boolean moved = false;
    for (DeidentificationOption option : options) {
      String letter = table.letter(tag, option);
      kept |= letter.equals("K");
      cleaned |= letter.equals("C");
      moved |=
          letter.equals("C") && option == DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES;
    }
    if (moved) {
      return isMoved(element, now);
    }
    if (kept) {
      return isKept(element, now);
    }
    return cleaned || isByProfile(element, now);
  }

  private boolean isByProfile(Element element, @Nullable Element now) {
    return switch (table.base(element.tag())) {
      case "" -> isKept(element, now);
      case "X" -> now == null;
      case "Z", "X/Z" -> now != null && (now.isEmpty() || isPseudonym(element, now));
      case "Z/D", "X/D", "X/Z/D" -> now != null && (now.isEmpty() || isDummy(element, now));
      case "D" -> now != null && !now.isEmpty() && isDummy(element, now);
      case "U" -> TableTest.isNewUid(element, now);
      case "X/Z/U*" -> isKept(element, now);
      default -> false;
    };
  }

  private static boolean isPseudonym(Element element, Element now) {
    return element.tag() == Tag.PatientID && isDummy(element, now);
  }

  /** Something else, which fits. */
  private static boolean isDummy(Element element, Element now) {
    if (element.vr() == Vr.SQ || element.vr().isBulk()) {
      return true;
    }
    String text = now.text(SpecificCharacterSet.ASCII);
    boolean fits = text.matches(FORMS.getOrDefault(now.vr(), "(?s).*"));
    boolean same = element.equals(now) && !isTelling(text);
    return fits && !same;
  }

  /** Whether a value is one that may have been there before: it was a dummy, too. */
  private static boolean isTelling(String text) {
    return Set.of("19000101", "000000", "19000101000000", "Anonymized", "ANONYMIZED", "0", "")
        .contains(text);
  }

  private static boolean isMoved(Element element, @Nullable Element now) {
    boolean time = element.vr() == Vr.TM || element.vr() == Vr.SH || element.isEmpty();
    return time || now == null || now.isEmpty() || !now.equals(element);
  }

  private boolean isKept(Element element, @Nullable Element now) {
    if (element.vr() == Vr.UN || element.tag() == Tag.PrivateDataElementCharacteristicsSequence) {
      return true;
    }
    if (now == null || element.items().isEmpty()) {
      return element.equals(now);
    }
    if (now.items().size() != element.items().size()) {
      return false;
    }
    for (int i = 0; i < now.items().size(); i++) {
      check(element.items().get(i), now.items().get(i), false);
    }
    return true;
  }
}
