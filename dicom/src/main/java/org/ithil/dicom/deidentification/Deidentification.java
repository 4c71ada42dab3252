package org.ithil.dicom.deidentification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the identity of a patient out of data sets, and says so in them: Patient Identity Removed
 * (0012,0062), De-identification Method (0012,0063) and its codes. Immutable.
 */
public final class Deidentification implements Edit {
  private final Rules rules;
  private final SpecificCharacterSet encoding;
  private final Keeping keeping;
  private final @Nullable StandardProfile standard;

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
      Identity identity) {
    public Rules {
      kept = List.copyOf(kept);
      replaced = Map.copyOf(replaced);
      masks = List.copyOf(masks);
    }
  }

  /** By which rules. */
  public sealed interface Profile {
    /** One of the reference's. */
    record Reference(ProfileVersion version) implements Profile {}

    /** The Basic Application Level Confidentiality Profile of PS3.15 E.2 with options. */
    record Standard(Set<DeidentificationOption> options) implements Profile {
      public Standard {
        options = Set.copyOf(options);
      }
    }
  }

  /**
   * Who the patient becomes.
   *
   * @param pseudonyms gives identifiers
   * @param name Patient's Name; empty for a pseudonym, which Patient ID gets, too
   * @param program in front of De-identification Method
   */
  public record Identity(Pseudonyms pseudonyms, Optional<String> name, String program) {
    /** The new Patient ID for one. */
    String patientId(String id) {
      return name.isPresent() ? pseudonyms.patientUuid(id) : pseudonyms.patient(id);
    }

    /** The new name of a patient. */
    String patientName(String id) {
      return name.orElseGet(() -> pseudonyms.patient(id));
    }
  }

  /**
   * @param rules what is done
   * @param encoding of data sets that declare no character set
   */
  public Deidentification(Rules rules, SpecificCharacterSet encoding) {
    this.rules = rules;
    this.encoding = encoding;
    this.keeping = new Keeping(rules.kept());
    this.standard =
        rules.profile() instanceof Profile.Standard(Set<DeidentificationOption> options)
            ? new StandardProfile(options)
            : null;
  }

  @Override
  public Edited apply(DicomFile file) {
    DataSet before = file.dataSet();
    Here here = Here.outermost(before, encoding);
    String id = before.text(Tag.PatientID, encoding).orElse("");
    DataSet.Builder result =
        switch (rules.profile()) {
          case Profile.Reference(ProfileVersion version) ->
              new ReferenceWalk(version, rules, keeping, before).walk(here).toBuilder();
          case Profile.Standard _ ->
              new StandardWalk(profile(), rules, keeping, here, id).walk(here).toBuilder();
        };
    identify(result, id);
    mark(result, before);
    List<PixelMask> masks = PixelMask.concerning(rules.masks(), before);
    return masks.isEmpty()
        ? new Edited(result.build(), file.values())
        : masked(result, file, masks);
  }

  private StandardProfile profile() {
    if (standard == null) {
      throw new IllegalStateException("not by the standard's profile");
    }
    return standard;
  }

  private void identify(DataSet.Builder result, String id) {
    if (!keeping.names(Tag.PatientName)) {
      result.put(Elements.ascii(Tag.PatientName, Vr.PN, rules.identity().patientName(id)));
    }
    if (!keeping.names(Tag.PatientID)) {
      result.put(Elements.ascii(Tag.PatientID, Vr.LO, rules.identity().patientId(id)));
    }
  }

  private void mark(DataSet.Builder result, DataSet before) {
    if (!keeping.names(Tag.PatientIdentityRemoved)) {
      result.put(Elements.ascii(Tag.PatientIdentityRemoved, Vr.CS, "YES"));
    }
    String program = rules.identity().program();
    switch (rules.profile()) {
      case Profile.Reference(ProfileVersion version) ->
          method(result, program + (rules.customized() ? "" : version.method()));
      case Profile.Standard(Set<DeidentificationOption> options) -> {
        method(result, program + StandardProfile.METHOD + (rules.customized() ? ", changed" : ""));
        boolean weakened = rules.keepPrivate() || !rules.kept().isEmpty();
        codes(result, before, weakened ? List.of() : MethodCodes.of(options));
        result.put(
            Elements.ascii(Tag.LongitudinalTemporalInformationModified, Vr.CS, temporal(options)));
      }
    }
  }

  private void method(DataSet.Builder result, String text) {
    if (!keeping.names(Tag.DeidentificationMethod)) {
      result.put(Elements.ascii(Tag.DeidentificationMethod, Vr.LO, text));
    }
  }

  private static void codes(DataSet.Builder result, DataSet before, List<String> codes) {
    Element sequence = MethodCodes.sequence(before, codes);
    if (sequence.isEmpty()) {
      result.remove(sequence.tag());
    } else {
      result.put(sequence);
    }
  }

  private static String temporal(Set<DeidentificationOption> options) {
    if (options.contains(DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES)) {
      return "UNMODIFIED";
    }
    return options.contains(DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES)
        ? "MODIFIED"
        : "REMOVED";
  }

  private Edited masked(DataSet.Builder result, DicomFile file, List<PixelMask> masks) {
    MaskedImage image = new MaskedImage(file, masks);
    if (!image.hasPixels()) {
      return new Edited(result.build(), file.values());
    }
    image.elements().forEach(result::put);
    // A picture of the pixels as they were.
    result.remove(Tag.IconImageSequence);
    result.put(Elements.ascii(Tag.BurnedInAnnotation, Vr.CS, "NO"));
    codes(result, result.build(), List.of(MethodCodes.CLEAN_PIXELS));
    return new Edited(result.build(), image.values());
  }
}
