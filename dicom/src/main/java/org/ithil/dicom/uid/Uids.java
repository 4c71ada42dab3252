package org.ithil.dicom.uid;

/** The form of UIDs, PS3.5 9.1. */
public final class Uids {
  private static final int MAX_LENGTH = 64;

  private Uids() {}

  /**
   * True for 1 to 64 characters: at least two numbers with points between them, without leading
   * zeros; the first is 0, 1 or 2, the second below 40 after 0 and 1.
   */
  public static boolean isValid(String uid) {
    if (uid.length() > MAX_LENGTH || uid.length() < 3 || uid.charAt(1) != '.') {
      return false;
    }
    int start = 0;
    int parts = 0;
    for (int i = 0; i <= uid.length(); i++) {
      if (i < uid.length() && uid.charAt(i) != '.') {
        if (uid.charAt(i) < '0' || uid.charAt(i) > '9') {
          return false;
        }
        continue;
      }
      int length = i - start;
      if (length == 0 || (length > 1 && uid.charAt(start) == '0')) {
        return false;
      }
      parts++;
      if (parts == 2 && !isSecondArc(uid.charAt(0), uid.substring(start, i))) {
        return false;
      }
      start = i + 1;
    }
    return parts > 1 && uid.charAt(0) <= '2';
  }

  private static boolean isSecondArc(char first, String second) {
    return first == '2' || (second.length() < 3 && Integer.parseInt(second) < 40);
  }
}
