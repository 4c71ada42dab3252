package org.ithil.dicom.deidentification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.deidentification.Deidentification.Identity;
import org.ithil.dicom.deidentification.Deidentification.Profile;
import org.ithil.dicom.deidentification.Deidentification.Rules;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.SpecificCharacterSet;

/** De-identifications to be tried, and the files they are tried on. */
final class Trials {
  static final Pseudonyms PSEUDONYMS =
      new Pseudonyms("a key of a test, long enough".getBytes(StandardCharsets.UTF_8));

  private Trials() {}

  static Profile standard(DeidentificationOption... options) {
    return new Profile.Standard(Set.of(options));
  }

  static Profile reference(ProfileVersion version) {
    return new Profile.Reference(version);
  }

  static Deidentification by(Profile profile) {
    return by(profile, List.of(), List.of());
  }

  static Deidentification by(Profile profile, List<TagPath> kept, List<PixelMask> masks) {
    Identity identity = new Identity(PSEUDONYMS, Optional.of("Anonymized1"), "Test");
    return new Deidentification(
        new Rules(profile, kept, false, Map.of(), false, masks, identity),
        SpecificCharacterSet.of(List.of("ISO_IR 100")));
  }

  static Deidentification byPseudonym(Profile profile) {
    Identity identity = new Identity(PSEUDONYMS, Optional.empty(), "Test");
    return new Deidentification(
        new Rules(profile, List.of(), false, Map.of(), false, List.of(), identity),
        SpecificCharacterSet.of(List.of("ISO_IR 100")));
  }

  /** A file of shared/data/dicom; where there is none, the test that asks is skipped. */
  static DicomFile file(String name) throws IOException {
    return read(Files.readAllBytes(SharedData.require(name)));
  }

  static DicomFile read(byte[] bytes) throws IOException {
    return DicomReader.readFile(
        ByteSource.of(bytes), ReadOptions.DEFAULT.withMaxDepth(100).withMaxInflated(100 << 20));
  }

  static DicomFile of(DataSet dataSet) {
    return new DicomFile(
        DataSet.EMPTY,
        dataSet,
        TransferSyntax.EXPLICIT_LE,
        0,
        java.util.OptionalLong.empty(),
        java.util.OptionalInt.empty(),
        ByteSource.of(new byte[0]),
        true);
  }

  static byte[] written(Edit.Edited edited, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    edited.write(syntax, out);
    return out.toByteArray();
  }

  /** A folder beside shared/data/dicom; where there is none, the test that asks is skipped. */
  static Path shared(String path) {
    return SharedData.require().getParent().getParent().resolve(path);
  }
}
