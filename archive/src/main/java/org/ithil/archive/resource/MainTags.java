package org.ithil.archive.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;

/**
 * Which DICOM tags are kept in the index, for each level: those of the reference server, and those
 * of key {@code ExtraMainDicomTags}.
 */
public final class MainTags {
  private static final Map<Level, List<Integer>> BUILT_IN =
      Map.of(
          Level.PATIENT,
          List.of(
              Tag.PatientName,
              Tag.PatientID,
              Tag.PatientBirthDate,
              Tag.PatientSex,
              Tag.OtherPatientIDs),
          Level.STUDY,
          List.of(
              Tag.StudyDate,
              Tag.StudyTime,
              Tag.AccessionNumber,
              Tag.InstitutionName,
              Tag.ReferringPhysicianName,
              Tag.TimezoneOffsetFromUTC,
              Tag.StudyDescription,
              Tag.PatientAge,
              Tag.StudyInstanceUID,
              Tag.StudyID,
              Tag.RequestingPhysician,
              Tag.RequestedProcedureDescription),
          Level.SERIES,
          List.of(
              Tag.SeriesDate,
              Tag.SeriesTime,
              Tag.Modality,
              Tag.Manufacturer,
              Tag.TimezoneOffsetFromUTC,
              Tag.StationName,
              Tag.SeriesDescription,
              Tag.OperatorsName,
              Tag.ContrastBolusAgent,
              Tag.BodyPartExamined,
              Tag.SequenceName,
              Tag.ProtocolName,
              Tag.CardiacNumberOfImages,
              Tag.AcquisitionDeviceProcessingDescription,
              Tag.PatientPosition,
              Tag.SeriesInstanceUID,
              Tag.SeriesNumber,
              Tag.ImageOrientationPatient,
              Tag.NumberOfTemporalPositions,
              Tag.ImagesInAcquisition,
              Tag.PerformedProcedureStepStartDate,
              Tag.PerformedProcedureStepStartTime,
              Tag.PerformedProcedureStepDescription,
              Tag.RequestAttributesSequence,
              Tag.NumberOfSlices,
              Tag.NumberOfTimeSlices,
              Tag.SeriesType),
          Level.INSTANCE,
          List.of(
              Tag.InstanceCreationDate,
              Tag.InstanceCreationTime,
              Tag.SOPInstanceUID,
              Tag.AcquisitionNumber,
              Tag.InstanceNumber,
              Tag.ImagePositionPatient,
              Tag.ImageOrientationPatient,
              Tag.TemporalPositionIdentifier,
              Tag.SliceLocation,
              Tag.ImageComments,
              Tag.NumberOfFrames,
              Tag.Rows,
              Tag.Columns,
              Tag.ImageIndex));

  /** The reference server's, nothing added. */
  public static final MainTags DEFAULT = new MainTags(Map.of());

  /** For each level, in the order of the levels. */
  private final List<List<Integer>> tags = new ArrayList<>();

  private final List<String> signatures = new ArrayList<>();

  /**
   * @param extra tags to be added for levels; those that are main already are skipped
   */
  public MainTags(Map<Level, ? extends Collection<Integer>> extra) {
    for (Level level : Level.values()) {
      TreeSet<Integer> all = new TreeSet<>(Integer::compareUnsigned);
      all.addAll(BUILT_IN.getOrDefault(level, List.of()));
      Collection<Integer> more = extra.get(level);
      if (more != null) {
        all.addAll(more);
      }
      tags.add(List.copyOf(all));
      signatures.add(
          all.stream().map(tag -> Tags.format(tag, ',')).collect(Collectors.joining(";")));
    }
  }

  /** The main tags of a level, ascending. */
  public List<Integer> of(Level level) {
    return tags.get(level.ordinal());
  }

  /** True if a tag is main at a level. */
  public boolean contains(Level level, int tag) {
    return tags.get(level.ordinal()).contains(tag);
  }

  /** "gggg,eeee" in lower case, ascending, joined by ";": metadata MainDicomTagsSignature. */
  public String signature(Level level) {
    return signatures.get(level.ordinal());
  }
}
