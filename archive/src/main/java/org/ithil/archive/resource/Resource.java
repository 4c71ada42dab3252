package org.ithil.archive.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it stood at one moment.
 *
 * @param level where it stands
 * @param id its identifier
 * @param parent null for patients
 * @param children identifiers of the level below, in order; none for instances
 * @param mainTags text of the main tags that it has, by tag in ascending order; absent ones are
 *     left out, empty ones are empty
 * @param patientTags main tags of its patient, as the study's first instance has them; filled for
 *     studies, empty for others
 * @param metadata values by number, ascending; {@link Metadata#LAST_UPDATE} included
 * @param stable false while new instances of it are awaited
 * @param lastUpdate when an instance was last added; null for instances
 * @param isProtected true for patients which are not to be recycled
 * @param labels in order
 * @param file of instances: their DICOM file; null for others, and for instances without file
 * @param status of series: whether its instances are all there; UNKNOWN for others
 */
public record Resource(
    Level level,
    ResourceId id,
    @Nullable ResourceId parent,
    List<ResourceId> children,
    Map<Integer, String> mainTags,
    Map<Integer, String> patientTags,
    Map<Integer, Metadata.Entry> metadata,
    boolean stable,
    @Nullable Instant lastUpdate,
    boolean isProtected,
    SortedSet<String> labels,
    @Nullable Attachment file,
    SeriesStatus status) {
  /** Whether the instances of a series are all there. */
  public enum SeriesStatus {
    /** Nobody knows how many there should be. */
    UNKNOWN("Unknown"),
    MISSING("Missing"),
    COMPLETE("Complete"),
    /** More than there should be, or an index that cannot be. */
    INCONSISTENT("Inconsistent");

    private final String label;

    SeriesStatus(String label) {
      this.label = label;
    }

    /** Its name as clients see it. */
    public String label() {
      return label;
    }
  }

  /** Text of a metadata value, if it is there. */
  public Optional<String> metadata(int number) {
    Metadata.Entry entry = metadata.get(number);
    return entry == null ? Optional.empty() : Optional.of(entry.text());
  }

  /** IndexInSeries of an instance, if known. */
  public OptionalInt indexInSeries() {
    return number(Metadata.INDEX_IN_SERIES);
  }

  /** ExpectedNumberOfInstances of a series, if known. */
  public OptionalInt expectedNumberOfInstances() {
    return number(Metadata.EXPECTED_NUMBER_OF_INSTANCES);
  }

  private OptionalInt number(int metadataNumber) {
    Optional<String> text = metadata(metadataNumber);
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text.get()));
  }
}
