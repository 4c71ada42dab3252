package org.ithil.dicom.dictionary;

import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/**
 * What a dictionary says of a tag.
 *
 * @param tag the tag; of a private one in any block only the low 8 bits of its element
 * @param vr its value representation; where the standard leaves a choice, the one of implicit VR
 *     data (PS3.5 A.1): US for US or SS, OW for OB or OW
 * @param name keyword, in the spelling that the reference shows: retired ones begin with RETIRED_
 * @param vmMin fewest values
 * @param vmMax most values, 0 if there is no limit
 * @param creator the private creator, or null for a tag of the standard
 */
public record DictionaryEntry(
    int tag, Vr vr, String name, int vmMin, int vmMax, @Nullable String creator) {
  private static final String RETIRED = "RETIRED_";

  public boolean isRetired() {
    return name.startsWith(RETIRED);
  }

  /** The name as PS3.6 writes keywords: without RETIRED_. */
  public String keyword() {
    return isRetired() ? name.substring(RETIRED.length()) : name;
  }
}
