package org.ithil.dicom.dictionary;

import java.util.Arrays;
import org.ithil.dicom.data.Tags;
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

  /**
   * An entry as the configuration key {@code Dictionary} writes it.
   *
   * @param tag "gggg,eeee", or for a private tag in any block "gggg,ee"
   * @param vr two letters
   * @param creator empty or null for a tag of no creator
   * @throws DictionaryException if the tag or the VR is none
   */
  public static DictionaryEntry configured(
      String tag, String vr, String name, int vmMin, int vmMax, @Nullable String creator)
      throws DictionaryException {
    if (!tag.matches("[0-9A-Fa-f]{1,4},[0-9A-Fa-f]{1,4}")) {
      throw new DictionaryException(
          DictionaryException.Problem.MALFORMED, "No tag, in the form gggg,eeee: " + tag, 0);
    }
    int comma = tag.indexOf(',');
    int group = Integer.parseInt(tag.substring(0, comma), 16);
    int parsed = Tags.of(group, Integer.parseInt(tag.substring(comma + 1), 16));
    Vr known =
        Arrays.stream(Vr.values())
            .filter(v -> v.name().equals(vr))
            .findFirst()
            .orElseThrow(() ->
                new DictionaryException(
                    DictionaryException.Problem.MALFORMED,
                    "No value representation: " + vr,
                    parsed));
    boolean hasCreator = creator != null && !creator.isEmpty();
    return new DictionaryEntry(parsed, known, name, vmMin, vmMax, hasCreator ? creator : null);
  }

  public boolean isRetired() {
    return name.startsWith(RETIRED);
  }

  /** The name as PS3.6 writes keywords: without RETIRED_. */
  public String keyword() {
    return isRetired() ? name.substring(RETIRED.length()) : name;
  }
}
