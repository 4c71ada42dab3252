package org.ithil.archive.ingest;

import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.resource.Metadata;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * What the index is told about an instance.
 *
 * @param lineage its identifiers
 * @param mainTags for each level, text by tag
 * @param metadata for each level, text by number
 */
record Facts(
    Lineage lineage,
    Map<Level, Map<Integer, String>> mainTags,
    Map<Level, Map<Integer, String>> metadata) {
  static Facts of(
      DicomFile file,
      long size,
      Origin origin,
      Instant received,
      MainTags tags,
      SpecificCharacterSet encoding)
      throws IngestException {
    DataSet dataSet = file.dataSet();
    SpecificCharacterSet characterSet = dataSet.characterSet(encoding);
    Lineage lineage = lineage(dataSet, characterSet, size);
    Map<Level, Map<Integer, String>> main = mainTags(dataSet, tags, characterSet);
    Map<Level, Map<Integer, String>> metadata = new EnumMap<>(Level.class);
    metadata.put(Level.SERIES, seriesMetadata(dataSet, origin));
    metadata.put(Level.INSTANCE, instanceMetadata(file, origin, received));
    return new Facts(lineage, main, metadata);
  }

  static Lineage lineage(DataSet dataSet, SpecificCharacterSet characterSet, long size)
      throws IngestException {
    int[] uids = {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID};
    for (int tag : uids) {
      if (!dataSet.contains(tag)) {
        throw problem(Problem.ABSENT_IDENTIFIER, "is absent", tag, size);
      }
    }
    Element patient = dataSet.get(Tag.PatientID);
    String patientId = patient == null ? "" : identifier(patient, characterSet, size);
    String[] texts = new String[uids.length];
    for (int i = 0; i < uids.length; i++) {
      Element element = dataSet.get(uids[i]);
      texts[i] = element == null ? "" : identifier(element, characterSet, size);
      if (texts[i].isEmpty()) {
        throw problem(Problem.EMPTY_IDENTIFIER, "is empty", uids[i], size);
      }
    }
    return Lineage.of(patientId, texts[0], texts[1], texts[2]);
  }

  private static String identifier(Element element, SpecificCharacterSet characterSet, long size)
      throws IngestException {
    Optional<String> text = TagText.of(element, characterSet);
    if (text.isEmpty() || !element.vr().isText()) {
      throw problem(
          Problem.UNFIT_IDENTIFIER, "is no text of at most 256 bytes", element.tag(), size);
    }
    return text.get();
  }

  private static IngestException problem(Problem problem, String what, int tag, long size) {
    return new IngestException(
        problem, "element " + org.ithil.dicom.data.Tags.format(tag) + " " + what, size, tag, null);
  }

  /** For each level, text by tag. */
  static Map<Level, Map<Integer, String>> mainTags(
      DataSet dataSet, MainTags tags, SpecificCharacterSet characterSet) {
    Map<Level, Map<Integer, String>> main = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      main.put(level, mainTags(dataSet, tags, level, characterSet));
    }
    return main;
  }

  private static Map<Integer, String> mainTags(
      DataSet dataSet, MainTags tags, Level level, SpecificCharacterSet characterSet) {
    Map<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    for (int tag : tags.of(level)) {
      Element element = dataSet.get(tag);
      if (element != null) {
        TagText.of(element, characterSet).ifPresent(text -> texts.put(tag, text));
      }
    }
    return texts;
  }

  private static Map<Integer, String> seriesMetadata(DataSet dataSet, Origin origin) {
    Map<Integer, String> metadata = new LinkedHashMap<>();
    metadata.put(Metadata.REMOTE_AET, remoteAet(origin));
    expected(dataSet)
        .ifPresent(n -> metadata.put(Metadata.EXPECTED_NUMBER_OF_INSTANCES, n.toString()));
    return metadata;
  }

  private static String remoteAet(Origin origin) {
    return origin instanceof Origin.Dicom dicom ? dicom.remoteAet() : "";
  }

  /** How many instances the series should have: a product above 0, if both factors are there. */
  private static Optional<Long> expected(DataSet dataSet) {
    Optional<Long> images = count(dataSet, Tag.ImagesInAcquisition);
    Optional<Long> positions = count(dataSet, Tag.NumberOfTemporalPositions);
    Optional<Long> slices = count(dataSet, Tag.NumberOfSlices);
    Optional<Long> timeSlices = count(dataSet, Tag.NumberOfTimeSlices);
    Optional<Long> expected =
        images.isPresent() && positions.isPresent()
            ? Optional.of(images.get() * positions.get())
            : slices.isPresent() && timeSlices.isPresent()
                ? Optional.of(slices.get() * timeSlices.get())
                : count(dataSet, Tag.CardiacNumberOfImages);
    return expected.filter(n -> n > 0);
  }

  /** A number of 32 bits without blanks or sign. */
  private static Optional<Long> count(DataSet dataSet, int tag) {
    return text(dataSet, tag).filter(text -> text.matches("[0-9]{1,9}")).map(Long::valueOf);
  }

  private static Optional<String> text(DataSet dataSet, int tag) {
    Element element = dataSet.get(tag);
    return element == null ? Optional.empty() : TagText.of(element, SpecificCharacterSet.ASCII);
  }

  private static Map<Integer, String> instanceMetadata(
      DicomFile file, Origin origin, Instant received) {
    Map<Integer, String> metadata = new TreeMap<>();
    metadata.put(Metadata.RECEPTION_DATE, Metadata.time(received));
    metadata.put(Metadata.REMOTE_AET, remoteAet(origin));
    switch (origin) {
      case Origin.Http(String ip, String username) -> {
        metadata.put(Metadata.ORIGIN, "RestApi");
        metadata.put(Metadata.REMOTE_IP, ip);
        metadata.put(Metadata.HTTP_USERNAME, username);
      }
      case Origin.Dicom(String ip, String _, String calledAet) -> {
        metadata.put(Metadata.ORIGIN, "DicomProtocol");
        metadata.put(Metadata.REMOTE_IP, ip);
        metadata.put(Metadata.CALLED_AET, calledAet);
      }
      case Origin.Internal() -> metadata.put(Metadata.ORIGIN, "Plugins");
      case Origin.Script() -> metadata.put(Metadata.ORIGIN, "Lua");
    }
    metadata.put(Metadata.TRANSFER_SYNTAX, transferSyntax(file));
    text(file.dataSet(), Tag.SOPClassUID)
        .ifPresent(uid -> metadata.put(Metadata.SOP_CLASS_UID, uid));
    index(file.dataSet()).ifPresent(n -> metadata.put(Metadata.INDEX_IN_SERIES, n));
    file.pixelDataOffset()
        .ifPresent(at -> metadata.put(Metadata.PIXEL_DATA_OFFSET, Long.toString(at)));
    Vr odd = oddPixelVr(file);
    if (odd != null) {
      metadata.put(Metadata.PIXEL_DATA_VR, odd.name());
    }
    return metadata;
  }

  private static String transferSyntax(DicomFile file) {
    return file.meta()
        .ascii(Tag.TransferSyntaxUID)
        .filter(uid -> !uid.isBlank())
        .orElse(file.transferSyntax().uid());
  }

  /** Instance Number, or else Image Index: a number of 0 and more, blanks around it allowed. */
  private static Optional<String> index(DataSet dataSet) {
    return indexOf(dataSet, Tag.InstanceNumber).or(() -> indexOf(dataSet, Tag.ImageIndex));
  }

  private static Optional<String> indexOf(DataSet dataSet, int tag) {
    return text(dataSet, tag)
        .map(String::strip)
        .filter(text -> text.matches("\\+?[0-9]{1,18}"))
        .map(text -> new BigInteger(text.replace("+", "")))
        .filter(number -> number.bitLength() <= 32)
        .map(BigInteger::toString);
  }

  /** The representation of native pixels, if it is not what their depth suggests, PS3.5 8.2. */
  private static @Nullable Vr oddPixelVr(DicomFile file) {
    if (file.transferSyntax().encapsulated()) {
      return null;
    }
    Element pixels = file.dataSet().get(Tag.PixelData);
    int bits = file.dataSet().integer(Tag.BitsAllocated).orElse(0);
    if (pixels == null || bits == 0) {
      return null;
    }
    boolean words = bits > 8 || !file.transferSyntax().explicitVr();
    Vr usual = words ? Vr.OW : Vr.OB;
    return pixels.vr() == usual ? null : pixels.vr();
  }
}
