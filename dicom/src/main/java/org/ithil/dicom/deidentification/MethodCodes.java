package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;

/**
 * De-identification Method Code Sequence (0012,0064): codes of PS3.16 CID 7050. What earlier
 * de-identifications have written stays, as far as its codes are known.
 */
final class MethodCodes {
  private static final String SCHEME = "DCM";
  private static final Map<String, String> MEANINGS = meanings();

  static final String BASIC_PROFILE = "113100";
  static final String CLEAN_PIXELS = "113101";

  private MethodCodes() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("113100", "Basic Application Confidentiality Profile");
    meanings.put("113101", "Clean Pixel Data Option");
    meanings.put("113102", "Clean Recognizable Visual Features Option");
    for (DeidentificationOption option : DeidentificationOption.values()) {
      meanings.put(option.code(), option.meaning());
    }
    return meanings;
  }

  /** The codes of the profile with some options. */
  static List<String> of(Set<DeidentificationOption> options) {
    List<String> codes = new ArrayList<>();
    codes.add(BASIC_PROFILE);
    for (DeidentificationOption option : DeidentificationOption.values()) {
      if (options.contains(option)) {
        codes.add(option.code());
      }
    }
    return codes;
  }

  /**
   * The sequence with these codes behind those that it had.
   *
   * @param before the data set as it was
   */
  static Element sequence(DataSet before, List<String> codes) {
    List<String> all = new ArrayList<>();
    Element earlier = before.get(Tag.DeidentificationMethodCodeSequence);
    if (earlier != null) {
      for (DataSet item : earlier.items()) {
        String code = item.ascii(Tag.CodeValue).orElse("").strip();
        if (SCHEME.equals(item.ascii(Tag.CodingSchemeDesignator).orElse("").strip())
            && MEANINGS.containsKey(code)) {
          all.add(code);
        }
      }
    }
    all.addAll(codes);
    return Elements.sequence(
        Tag.DeidentificationMethodCodeSequence,
        all.stream()
            .distinct()
            .map(code -> Elements.code(code, SCHEME, MEANINGS.getOrDefault(code, "")))
            .toList());
  }
}
