package org.ithil.dicom.deidentification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Takes the identity of a patient out of data sets. Immutable. */
public final class Deidentification implements Edit {
  /**
   * What is done.
   *
   * @param profile by which rules
   * @param kept elements that stay as they are
   * @param keepPrivate whether private elements stay
   * @param replaced values that a client gives identifiers later on: Patient ID, and UIDs of study,
   *     series and instance, so that what refers to them follows
   * @param customized whether a client has asked for anything else than the profile
   * @param masks painted over
   * @param identity who the patient becomes
   */
  public record Rules(
      Profile profile,
      List<TagPath> kept,
      boolean keepPrivate,
      Map<Integer, String> replaced,
      boolean customized,
      List<PixelMask> masks,
      Identity identity) {}

  /** By which rules. */
  public sealed interface Profile {
    /** One of the reference's. */
    record Reference(ProfileVersion version) implements Profile {}

    /** The Basic Application Level Confidentiality Profile of PS3.15 E.2 with options. */
    record Standard(Set<DeidentificationOption> options) implements Profile {}
  }

  /**
   * Who the patient becomes.
   *
   * @param pseudonyms gives identifiers
   * @param name Patient's Name; empty for a pseudonym, which Patient ID gets, too
   * @param program in front of Deidentification Method
   */
  public record Identity(Pseudonyms pseudonyms, Optional<String> name, String program) {}

  /**
   * @param rules what is done
   * @param encoding of data sets that declare no character set
   */
  public Deidentification(Rules rules, SpecificCharacterSet encoding) {}

  @Override
  public Edited apply(DicomFile file) {
    throw new UnsupportedOperationException();
  }
}
