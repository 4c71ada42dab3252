package org.ithil.archive.editing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.deidentification.Deidentification;
import org.ithil.dicom.deidentification.Deidentification.Profile;
import org.ithil.dicom.deidentification.DeidentificationOption;
import org.ithil.dicom.deidentification.PixelMask;
import org.ithil.dicom.deidentification.ProfileVersion;
import org.ithil.dicom.deidentification.Pseudonyms;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.io.DicomFile;
import org.jspecify.annotations.Nullable;

/** An anonymization: a profile, and then Remove and Replace of what is not kept. */
final class Anonymization implements Edit {
  /** What clients of the reference find in De-identification Method. */
  private static final String REFERENCE = "Orthanc 1.13.0";

  private static final String OWN = "Ithil";
  private static final List<Integer> UIDS =
      List.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);

  private final Deidentification profile;
  private final @Nullable Modification behind;

  private Anonymization(Deidentification profile, @Nullable Modification behind) {
    this.profile = profile;
    this.behind = behind;
  }

  /**
   * Reads a request.
   *
   * @throws EditException if it makes no sense
   */
  static Anonymization of(
      JsonValue.Members request, Modification.Surroundings around, Editing.Draw draw) {
    EditRequest read = EditRequest.parse(request, around.dictionary());
    boolean keepPrivate = EditRequest.flag(request, "KeepPrivateTags");
    boolean customized =
        keepPrivate
            || !read.keep().isEmpty()
            || !read.replace().isEmpty()
            || !read.remove().isEmpty();
    Profile profile = profile(request);
    Deidentification.Rules rules =
        new Deidentification.Rules(
            profile,
            read.keep(),
            keepPrivate,
            replaced(read),
            customized,
            masks(request.get("MaskPixels")),
            identity(request, profile, draw));
    return new Anonymization(
        new Deidentification(rules, around.encoding().get()), behind(read, around));
  }

  /** What is left of the request to be done behind the profile; null if nothing is. */
  private static @Nullable Modification behind(
      EditRequest request, Modification.Surroundings around) {
    Map<TagPath, JsonValue> replace = new LinkedHashMap<>(request.replace());
    List<TagPath> remove = new ArrayList<>(request.remove());
    replace.keySet().removeAll(request.keep());
    remove.removeAll(request.keep());
    if (replace.isEmpty() && remove.isEmpty()) {
      return null;
    }
    List<TagPath> identifiers = UIDS.stream().map(TagPath::of).toList();
    EditRequest rest =
        new EditRequest(
            replace, remove, identifiers, false, request.convertText(), request.privateCreator());
    return new Modification(rest, around, Level.INSTANCE, uid -> uid);
  }

  private static Map<Integer, String> replaced(EditRequest request) {
    Map<Integer, String> replaced = new HashMap<>();
    List<Integer> tags = new ArrayList<>(UIDS);
    tags.add(Tag.PatientID);
    for (int tag : tags) {
      String text = request.replacement(tag);
      if (text != null && !request.keeps(tag)) {
        replaced.put(tag, text);
      }
    }
    return replaced;
  }

  private static Deidentification.Identity identity(
      JsonValue.Members request, Profile profile, Editing.Draw draw) {
    JsonValue phrase = request.get("PseudonymKey");
    byte[] key = phrase instanceof JsonValue.Text(String text) ? Pseudonyms.key(text) : draw.key();
    return new Deidentification.Identity(
        new Pseudonyms(key),
        phrase == null ? Optional.of("Anonymized" + draw.number()) : Optional.empty(),
        switch (profile) {
          case Profile.Reference _ -> REFERENCE;
          case Profile.Standard _ -> OWN;
        });
  }

  private static Profile profile(JsonValue.Members request) {
    JsonValue version = request.get("DicomVersion");
    JsonValue options = request.get("Options");
    if (options == null) {
      return new Profile.Reference(version == null ? ProfileVersion.V2023B : version(version));
    }
    if (version != null) {
      throw new EditException(
          Problem.BAD_REQUEST, "Options are of the current standard: without DicomVersion");
    }
    return new Profile.Standard(options(options));
  }

  private static ProfileVersion version(JsonValue field) {
    if (!(field instanceof JsonValue.Text(String edition))) {
      throw new EditException(Problem.BAD_VALUE, "DicomVersion should be a string");
    }
    return ProfileVersion.of(edition)
        .orElseThrow(() ->
            new EditException(
                Problem.BAD_PATH, "Unknown specific version of the DICOM standard: " + edition));
  }

  private static Set<DeidentificationOption> options(JsonValue field) {
    Set<DeidentificationOption> options = EnumSet.noneOf(DeidentificationOption.class);
    for (JsonValue item : items("Options", field)) {
      if (!(item instanceof JsonValue.Text(String name))) {
        throw new EditException(Problem.BAD_VALUE, "Options should be an array of names");
      }
      options.add(
          DeidentificationOption.of(name)
              .orElseThrow(() ->
                  new EditException(
                      Problem.BAD_PATH, "Unknown option of de-identification: " + name)));
    }
    if (options.contains(DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES)
        && options.contains(DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES)) {
      throw new EditException(
          Problem.BAD_REQUEST, "Dates can be retained in full or modified, not both");
    }
    return options;
  }

  private static List<JsonValue> items(String name, JsonValue field) {
    if (field instanceof JsonValue.Items(List<JsonValue> items)) {
      return items;
    }
    throw new EditException(Problem.BAD_VALUE, name + " should be an array");
  }

  private static List<PixelMask> masks(@Nullable JsonValue field) {
    if (field == null) {
      return List.of();
    }
    List<PixelMask> masks = new ArrayList<>();
    for (JsonValue item : items("MaskPixels", field)) {
      if (!(item instanceof JsonValue.Members mask)) {
        throw new EditException(Problem.BAD_VALUE, "MaskPixels should be an array of objects");
      }
      masks.add(
          new PixelMask(
              number(mask, "X", 0),
              number(mask, "Y", 0),
              number(mask, "Width", 1),
              number(mask, "Height", 1),
              device(mask, "Manufacturer"),
              device(mask, "ManufacturerModelName")));
    }
    return masks;
  }

  private static int number(JsonValue.Members mask, String name, int least) {
    if (mask.get(name) instanceof JsonValue.Whole(long number)
        && number >= least
        && number <= Integer.MAX_VALUE) {
      return (int) number;
    }
    throw new EditException(
        Problem.BAD_VALUE, name + " of MaskPixels should be a number of pixels, at least " + least);
  }

  private static Optional<String> device(JsonValue.Members mask, String name) {
    return switch (mask.get(name)) {
      case null -> Optional.empty();
      case JsonValue.Text(String text) -> Optional.of(text);
      default ->
          throw new EditException(Problem.BAD_VALUE, name + " of MaskPixels should be a string");
    };
  }

  @Override
  public Edited apply(DicomFile file) {
    Edited hidden = profile.apply(file);
    return behind == null
        ? hidden
        : behind.apply(file.withDataSet(hidden.dataSet()).withValues(hidden.values()));
  }
}
