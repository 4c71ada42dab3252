package org.ithil.services.query;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.module.Modules;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.services.modality.Modality.Manufacturer;

/**
 * The keys of a query: what is looked for at a level, as texts. Without Query/Retrieve Level and
 * Specific Character Set, which the identifier adds, unless the latter is asked for.
 *
 * @param level what kind of resources
 * @param texts the value of each key, in the order of unsigned tags; empty for what is only to be
 *     returned
 */
public record QueryKeys(Level level, SortedMap<Integer, String> texts) {
  private static final String ALL = "*";

  public QueryKeys {
    SortedMap<Integer, String> sorted = new TreeMap<>(Integer::compareUnsigned);
    sorted.putAll(texts);
    texts = java.util.Collections.unmodifiableSortedMap(sorted);
  }

  /** The keys of a level that say which resource is meant, PS3.4 C.6.1.1, highest level first. */
  public static List<Integer> unique(Level level) {
    return switch (level) {
      case PATIENT -> List.of(Tag.PatientID);
      case STUDY -> List.of(Tag.PatientID, Tag.StudyInstanceUID);
      case SERIES -> List.of(Tag.PatientID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID);
      case INSTANCE ->
          List.of(Tag.PatientID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);
    };
  }

  /** How Query/Retrieve Level (0008,0052) names a level. */
  public static String name(Level level) {
    return switch (level) {
      case PATIENT -> "PATIENT";
      case STUDY -> "STUDY";
      case SERIES -> "SERIES";
      case INSTANCE -> "IMAGE";
    };
  }

  /** Keys that are computed from what is below the level, PS3.4 C.3.4. */
  private static Set<Integer> computed(Level level) {
    return switch (level) {
      case PATIENT ->
          Set.of(
              Tag.NumberOfPatientRelatedStudies,
              Tag.NumberOfPatientRelatedSeries,
              Tag.NumberOfPatientRelatedInstances);
      case STUDY ->
          Set.of(
              Tag.ModalitiesInStudy,
              Tag.SOPClassesInStudy,
              Tag.NumberOfStudyRelatedSeries,
              Tag.NumberOfStudyRelatedInstances);
      case SERIES -> Set.of(Tag.NumberOfSeriesRelatedInstances);
      case INSTANCE -> Set.of();
    };
  }

  /** The same keys with one more, or another value of one. */
  public QueryKeys with(int tag, String text) {
    SortedMap<Integer, String> more = new TreeMap<>(texts);
    more.put(tag, text);
    return new QueryKeys(level, more);
  }

  /**
   * Without the keys that a strict peer would not know at this level, and with all that say which
   * resource is meant. Kept are the tags of the modules of the level and those above.
   */
  public QueryKeys normalized(Manufacturer manufacturer) {
    Set<Integer> known = new HashSet<>(computed(level));
    known.add(Tag.SpecificCharacterSet);
    if (level == Level.INSTANCE) {
      known.add(Tag.MediaStorageSOPClassUID);
      known.add(Tag.MediaStorageSOPInstanceUID);
    }
    for (Level above : Level.values()) {
      if (!level.isAbove(above)) {
        known.addAll(Modules.tags(above));
      }
    }
    return keeping(known).withUnique(manufacturer);
  }

  /** The same keys, those of them that belong to a set. */
  public QueryKeys keeping(Set<Integer> known) {
    SortedMap<Integer, String> kept = new TreeMap<>(texts);
    kept.keySet().retainAll(known);
    return new QueryKeys(level, kept);
  }

  /** The computed keys of the level, and those. */
  public QueryKeys keepingComputedAnd(Set<Integer> known) {
    Set<Integer> all = new HashSet<>(computed(level));
    all.addAll(known);
    return keeping(all);
  }

  private QueryKeys withUnique(Manufacturer manufacturer) {
    SortedMap<Integer, String> more = new TreeMap<>(texts);
    String anything = manufacturer == Manufacturer.GE ? ALL : "";
    for (int tag : unique(level)) {
      more.putIfAbsent(tag, anything);
    }
    if (level != Level.PATIENT) {
      more.putIfAbsent(Tag.AccessionNumber, anything);
    }
    return new QueryKeys(level, more);
  }

  /** With wildcards as a manufacturer's products take them. */
  public QueryKeys adapted(Manufacturer manufacturer) {
    return switch (manufacturer) {
      case GENERIC, VITREA, GE, SIEMENS_SYNGO_CT -> this;
      case GENERIC_NO_UNIVERSAL_WILDCARD -> withoutAll(false);
      case GENERIC_NO_WILDCARD_IN_DATES -> withoutAll(true);
    };
  }

  private QueryKeys withoutAll(boolean datesOnly) {
    SortedMap<Integer, String> changed = new TreeMap<>(texts);
    changed.replaceAll((tag, text) ->
        text.equals(ALL) && (!datesOnly || Dictionary.vrOf(tag) == Vr.DA) ? "" : text);
    return new QueryKeys(level, changed);
  }

  /** With the file's own names of class and instance, which the reference sends along with them. */
  public QueryKeys withFileNames() {
    SortedMap<Integer, String> more = new TreeMap<>(texts);
    copy(more, Tag.SOPClassUID, Tag.MediaStorageSOPClassUID);
    copy(more, Tag.SOPInstanceUID, Tag.MediaStorageSOPInstanceUID);
    return new QueryKeys(level, more);
  }

  private static void copy(Map<Integer, String> texts, int from, int to) {
    String text = texts.get(from);
    if (text != null) {
      texts.putIfAbsent(to, text);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name(level));
    texts.forEach(
        (tag, value) -> text.append(' ').append(Tags.format(tag)).append('=').append(value));
    return text.toString();
  }
}
