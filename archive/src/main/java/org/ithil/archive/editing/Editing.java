package org.ithil.archive.editing;

import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.KeyedUids;

/** Makes edits from requests. Safe for concurrent use. */
public final class Editing {
  private final Dictionary dictionary;
  private final DefaultCharacterSet encoding;
  private final Pictures pictures;

  /**
   * @param dictionary with private tags of the configuration
   * @param encoding of data sets that declare no character set
   * @param pictures for Pixel Data that comes as a picture
   */
  public Editing(Dictionary dictionary, DefaultCharacterSet encoding, Pictures pictures) {
    this.dictionary = dictionary;
    this.encoding = encoding;
    this.pictures = pictures;
  }

  /** An editing that knows no pictures. */
  public Editing(Dictionary dictionary, DefaultCharacterSet encoding) {
    this(dictionary, encoding, Pictures.NONE);
  }

  /**
   * What is random about an edit, drawn once and kept with its job.
   *
   * @param key secret from which new identifiers are made of old ones, 16 bytes or more
   * @param number of this anonymization, counted by the archive; 0 for modifications
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Draw(byte[] key, long number) {}

  /**
   * The level of a modification, by the highest identifier that is replaced: PatientID gives
   * PATIENT, StudyInstanceUID STUDY, SeriesInstanceUID SERIES, anything else INSTANCE.
   *
   * @throws EditException if the request makes no sense
   */
  public Level levelOf(JsonValue.Members request) {
    EditRequest read = EditRequest.parse(request, dictionary);
    if (read.replaces(Tag.PatientID)) {
      return Level.PATIENT;
    }
    if (read.replaces(Tag.StudyInstanceUID)) {
      return Level.STUDY;
    }
    return read.replaces(Tag.SeriesInstanceUID) ? Level.SERIES : Level.INSTANCE;
  }

  /**
   * A modification: fields Replace, Remove, Keep, RemovePrivateTags, PrivateCreator, Force,
   * ConvertText.
   *
   * @param request the whole body; other fields are not looked at
   * @param level at which identifiers change, with all levels below
   * @param covered what is edited in the same way: references to it are rewritten
   * @throws EditException if the request makes no sense
   */
  public Edit modification(JsonValue.Members request, Level level, Draw draw, Covered covered) {
    return new Modification(
        EditRequest.parse(request, dictionary),
        new Modification.Surroundings(dictionary, encoding, pictures, covered),
        level,
        new KeyedUids(draw.key()));
  }

  /**
   * An anonymization: fields Replace, Remove, Keep, KeepPrivateTags, PrivateCreator, Force,
   * DicomVersion, Options, PseudonymKey, MaskPixels. The identifiers of all levels change.
   *
   * @param request the whole body, or what {@link AnonymizationDraw#withoutSecrets} left of it;
   *     other fields are not looked at
   * @param level that was asked for
   * @param draw by {@link AnonymizationDraw#draw}
   * @throws EditException if the request makes no sense
   */
  public Edit anonymization(JsonValue.Members request, Level level, Draw draw) {
    return Anonymization.of(
        request,
        new Modification.Surroundings(dictionary, encoding, pictures, Covered.NOTHING),
        draw);
  }
}
