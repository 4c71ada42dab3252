package org.ithil.dicom.text;

import java.util.List;

/**
 * A value of VR PN, PS3.5 6.2.1: the same name in up to three writings.
 *
 * @param alphabetic in an alphabet; the only one of most names
 * @param ideographic in ideographs or Hangul
 * @param phonetic by sound
 */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {
  /**
   * One writing of a name.
   *
   * @param family family name, may be complex
   * @param given given names
   * @param middle middle names
   * @param prefix title before the name
   * @param suffix title behind the name
   */
  public record Group(String family, String given, String middle, String prefix, String suffix) {
    static final Group EMPTY = new Group("", "", "", "", "");

    /** Components behind the fifth are dropped. */
    static Group parse(String text) {
      String[] parts = text.split("\\^", -1);
      return new Group(
          part(parts, 0), part(parts, 1), part(parts, 2), part(parts, 3), part(parts, 4));
    }

    public boolean isEmpty() {
      return equals(EMPTY);
    }

    /** Components with carets between them, those at the end that are empty left out. */
    @Override
    public String toString() {
      return joined(List.of(family, given, middle, prefix, suffix), "^");
    }
  }

  /** Reads one value; groups behind the third are dropped, blanks around components too. */
  public static PersonName parse(String text) {
    String[] groups = text.split("=", -1);
    return new PersonName(
        Group.parse(part(groups, 0)), Group.parse(part(groups, 1)), Group.parse(part(groups, 2)));
  }

  public boolean isEmpty() {
    return alphabetic.isEmpty() && ideographic.isEmpty() && phonetic.isEmpty();
  }

  /** Groups with equal signs between them, those at the end that are empty left out. */
  @Override
  public String toString() {
    return joined(List.of(alphabetic.toString(), ideographic.toString(), phonetic.toString()), "=");
  }

  private static String part(String[] parts, int number) {
    return number < parts.length ? parts[number].strip() : "";
  }

  private static String joined(List<String> parts, String separator) {
    int end = parts.size();
    while (end > 0 && parts.get(end - 1).isEmpty()) {
      end--;
    }
    return String.join(separator, parts.subList(0, end));
  }
}
