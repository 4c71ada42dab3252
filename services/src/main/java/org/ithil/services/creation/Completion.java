package org.ithil.services.creation;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.uid.UidGenerator;

/**
 * Fills in what the definition of an object demands (PS3.3 A) and nobody has given: empty where a
 * value may be unknown (type 2), else what is true of all that this program makes. The modules are
 * Patient (C.7.1.1), General Study (C.7.2.1), General Series (C.7.3.1), General Equipment
 * (C.7.5.1), General Image (C.7.6.1), SC Equipment (C.8.6.1), VL Image (C.8.12.1), Acquisition
 * Context (C.7.6.14), Encapsulated Document (C.24) and Manufacturing 3D Model (C.35.1).
 *
 * @param extent how much is filled in
 * @param type media type of the content; empty if there is none
 * @param length bytes of the content
 */
record Completion(Extent extent, String type, long length) {
  private static final Set<String> VISIBLE_LIGHT =
      Set.of(
          Uid.VLEndoscopicImageStorage,
          Uid.VLMicroscopicImageStorage,
          Uid.VLPhotographicImageStorage);

  private static final Set<String> VIDEO =
      Set.of(
          Uid.VideoEndoscopicImageStorage,
          Uid.VideoMicroscopicImageStorage,
          Uid.VideoPhotographicImageStorage);

  private static final Set<String> MODELS =
      Set.of(Uid.EncapsulatedSTLStorage, Uid.EncapsulatedOBJStorage, Uid.EncapsulatedMTLStorage);

  private static final Set<String> DOCUMENTS =
      Set.of(Uid.EncapsulatedPDFStorage, Uid.EncapsulatedCDAStorage);

  /** How much is filled in. */
  enum Extent {
    NOTHING,
    /**
     * All but Conversion Type where the client has named the modality: clients of the reference do
     * not expect it there.
     */
    MOST,
    ALL
  }

  /**
   * What to fill in.
   *
   * @param request may ask for all, or for nothing
   * @param typed whether the client has said of which class the object is
   */
  static Completion of(CreationRequest request, String type, long length, boolean typed) {
    Boolean asked = request.complete();
    Extent usual =
        switch (type) {
          case "video/mp4", "text/xml", "application/xml" -> Extent.ALL;
          case "image/png", "image/jpeg", "image/jpg" -> typed ? Extent.MOST : Extent.NOTHING;
          default -> Extent.NOTHING;
        };
    return new Completion(
        asked == null ? usual : asked ? Extent.ALL : Extent.NOTHING, type, length);
  }

  private boolean isJpeg() {
    return type.equals("image/jpeg") || type.equals("image/jpg");
  }

  /** Fills in. */
  void complete(DataSet.Builder dataSet, UidGenerator uids) {
    if (extent == Extent.NOTHING) {
      return;
    }
    if (type.startsWith("image/")) {
      text(dataSet, Tag.SOPClassUID, Uid.SecondaryCaptureImageStorage);
    }
    Element named = dataSet.get(Tag.SOPClassUID);
    String sopClass = named == null ? "" : named.text(SpecificCharacterSet.ASCII).strip();
    if (DOCUMENTS.contains(sopClass) || MODELS.contains(sopClass)) {
      document(dataSet);
    }
    if (MODELS.contains(sopClass)) {
      model(dataSet, uids);
    }
    if (sopClass.equals(Uid.SecondaryCaptureImageStorage)) {
      boolean added = dataSet.addIfAbsent(Elements.text(Tag.Modality, "OT"));
      if (added || extent == Extent.ALL) {
        text(dataSet, Tag.ConversionType, "WSD");
      }
    }
    if (VISIBLE_LIGHT.contains(sopClass) || VIDEO.contains(sopClass)) {
      visibleLight(dataSet, sopClass);
    }
    if (dataSet.get(Tag.PixelData) != null) {
      image(dataSet);
    }
    empty(
        dataSet,
        Tag.PatientName,
        Tag.PatientID,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.StudyDate,
        Tag.StudyTime,
        Tag.StudyID,
        Tag.AccessionNumber,
        Tag.ReferringPhysicianName,
        Tag.SeriesNumber,
        Tag.Manufacturer);
  }

  private static void text(DataSet.Builder dataSet, int tag, String text) {
    dataSet.addIfAbsent(Elements.text(tag, text));
  }

  private static void empty(DataSet.Builder dataSet, int... tags) {
    for (int tag : tags) {
      dataSet.addIfAbsent(Elements.empty(tag));
    }
  }

  private static void code(
      DataSet.Builder dataSet, int tag, String value, String scheme, String meaning) {
    DataSet item =
        new DataSet.Builder()
            .put(Elements.text(Tag.CodeValue, value))
            .put(Elements.text(Tag.CodingSchemeDesignator, scheme))
            .put(Elements.text(Tag.CodeMeaning, meaning))
            .build();
    dataSet.addIfAbsent(new Element(tag, Vr.SQ, new Value.Items(List.of(item))));
  }

  private static void document(DataSet.Builder dataSet) {
    text(dataSet, Tag.SeriesNumber, "1");
    text(dataSet, Tag.InstanceNumber, "1");
    // Nobody looks into the document, so it has to be taken for one that shows who it is about.
    text(dataSet, Tag.BurnedInAnnotation, "YES");
    empty(dataSet, Tag.AcquisitionDateTime, Tag.DocumentTitle, Tag.ConceptNameCodeSequence);
  }

  /** Models have no units of their own; those that are printed are in millimetres. */
  private static void model(DataSet.Builder dataSet, UidGenerator uids) {
    text(dataSet, Tag.FrameOfReferenceUID, uids.next());
    empty(dataSet, Tag.PositionReferenceIndicator);
    text(dataSet, Tag.Manufacturer, "Ithil");
    text(dataSet, Tag.ManufacturerModelName, "Ithil");
    text(dataSet, Tag.DeviceSerialNumber, "UNKNOWN");
    text(dataSet, Tag.SoftwareVersions, FileMeta.IMPLEMENTATION_VERSION_NAME);
    code(dataSet, Tag.MeasurementUnitsCodeSequence, "mm", "UCUM", "mm");
  }

  private static void visibleLight(DataSet.Builder dataSet, String sopClass) {
    boolean endoscope =
        sopClass.equals(Uid.VLEndoscopicImageStorage)
            || sopClass.equals(Uid.VideoEndoscopicImageStorage);
    boolean microscope =
        sopClass.equals(Uid.VLMicroscopicImageStorage)
            || sopClass.equals(Uid.VideoMicroscopicImageStorage);
    text(dataSet, Tag.Modality, endoscope ? "ES" : microscope ? "GM" : "XC");
    text(dataSet, Tag.ImageType, "ORIGINAL\\PRIMARY");
    empty(dataSet, Tag.AcquisitionContextSequence);
    if (VIDEO.contains(sopClass)) {
      // A region has to be named: the most general one.
      code(dataSet, Tag.AnatomicRegionSequence, "123037004", "SCT", "Body structure");
    }
  }

  private void image(DataSet.Builder dataSet) {
    text(dataSet, Tag.InstanceNumber, "1");
    empty(dataSet, Tag.PatientOrientation, Tag.Laterality);
    if (isJpeg()) {
      boolean added = dataSet.addIfAbsent(Elements.text(Tag.LossyImageCompression, "01"));
      if (added) {
        text(dataSet, Tag.LossyImageCompressionMethod, "ISO_10918_1");
        text(dataSet, Tag.LossyImageCompressionRatio, ratio(dataSet));
      }
    } else if (dataSet.get(Tag.AcquisitionContextSequence) != null) {
      text(dataSet, Tag.LossyImageCompression, "00");
    }
  }

  private String ratio(DataSet.Builder builder) {
    DataSet dataSet = builder.build();
    double samples =
        (double) number(dataSet, Tag.Rows)
            * number(dataSet, Tag.Columns)
            * number(dataSet, Tag.SamplesPerPixel);
    return String.format(Locale.ROOT, "%.4f", samples / Math.max(1, length));
  }

  private static int number(DataSet dataSet, int tag) {
    OptionalInt number = dataSet.integer(tag);
    return number.orElse(1);
  }
}
