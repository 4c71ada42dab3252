package org.ithil.dicom.deidentification;

import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;

/**
 * Content items of reports that tell who somebody is: the observation contexts of PS3.16 TID 1001
 * to 1010 and what they are made of. UIDs are none of them: they become other UIDs.
 */
final class Observation {
  private static final Set<String> IDENTIFYING =
      Set.of(
          "121008", // Person Observer Name
          "121009", // Person Observer's Organization Name
          "121013", // Device Observer Name
          "121016", // Device Observer Serial Number
          "121017", // Device Observer Physical Location During Observation
          "121020", // Placer Number
          "121021", // Filler Number
          "121022", // Accession Number
          "121029", // Subject Name
          "121030", // Subject ID
          "121031", // Subject Birth Date
          "121036", // Mother of fetus
          "121040", // Specimen Accession Number
          "121041", // Specimen Identifier
          "128774", // Person Observer's Login Name
          "113870", // Person Name
          "113871", // Person ID
          "113872", // Person ID Issuer
          "113873"); // Organization Name

  private static final Set<String> CHARACTERISTICS =
      Set.of(
          "121032", // Subject Sex
          "121033"); // Subject Age

  private Observation() {}

  /**
   * @param characteristics whether characteristics of patients identify them, too
   */
  static boolean identifies(DataSet item, boolean characteristics) {
    Element concept = item.get(Tag.ConceptNameCodeSequence);
    if (concept == null || concept.items().isEmpty()) {
      return false;
    }
    DataSet code = concept.items().getFirst();
    String value = code.ascii(Tag.CodeValue).orElse("").strip();
    return "DCM".equals(code.ascii(Tag.CodingSchemeDesignator).orElse("").strip())
        && (IDENTIFYING.contains(value) || characteristics && CHARACTERISTICS.contains(value));
  }
}
