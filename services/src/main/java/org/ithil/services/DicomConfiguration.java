package org.ithil.services;

import org.ithil.dimse.scp.ServerSettings;
import org.ithil.services.access.AccessRules;
import org.ithil.services.storage.StorageRules;

/**
 * How the application entity behaves.
 *
 * @param aet its title (key {@code DicomAet})
 * @param worklist whether worklists can be asked for
 * @param listening port and limits (keys {@code DicomPort}, {@code DicomThreadsCount}, {@code
 *     DicomScpTimeout}, {@code MaximumPduLength})
 * @param access who may do what
 */
public record DicomConfiguration(
    String aet,
    boolean worklist,
    ServerSettings listening,
    AccessRules access,
    StorageRules storage) {
  private static final int LONGEST_AET = 16;

  /** All defaults of the reference, but for the title. */
  public static final DicomConfiguration DEFAULT =
      new DicomConfiguration(
          "ITHIL", false, ServerSettings.DEFAULT, AccessRules.DEFAULT, StorageRules.DEFAULT);

  public DicomConfiguration {
    aet = aet.strip();
    if (aet.isEmpty() || aet.length() > LONGEST_AET || !isTitle(aet)) {
      throw new IllegalArgumentException("no application entity title: " + aet);
    }
  }

  /** PS3.5 6.2: neither control characters nor backslashes. */
  private static boolean isTitle(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != '\\' && c != 0x7f);
  }
}
