package org.ithil.archive.packing;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.dictionary.Tag;

/**
 * Names of folders, as the reference makes them of main tags. Two things differ: no two folders of
 * one folder get the same name, and none is "." or "..".
 */
final class FolderNames {
  private static final String SEPARATOR = " - ";
  private static final String FORBIDDEN = ":*?\"<>|/\\";

  private final boolean utf8;

  FolderNames(boolean utf8) {
    this.utf8 = utf8;
  }

  /** Names that are taken in one folder. */
  static final class Taken {
    private final Set<String> names = new HashSet<>();

    /** The name, or it with the first number that makes it new. */
    String unique(String name) {
      String unique = name;
      for (int n = 2; !names.add(unique); n++) {
        unique = name + "-" + n;
      }
      return unique;
    }
  }

  String patient(Map<Integer, String> tags) {
    String id = get(tags, Tag.PatientID);
    String name = get(tags, Tag.PatientName);
    return folder(name.isEmpty() ? id : id + SEPARATOR + name, "Unknown Patient");
  }

  String study(Map<Integer, String> tags) {
    return folder(
        joined(get(tags, Tag.AccessionNumber), get(tags, Tag.StudyDescription)), "Unknown Study");
  }

  String series(Map<Integer, String> tags) {
    return folder(
        joined(
            get(tags, Tag.SeriesNumber), get(tags, Tag.Modality), get(tags, Tag.SeriesDescription)),
        "Unknown Series");
  }

  private static String get(Map<Integer, String> tags, int tag) {
    return tags.getOrDefault(tag, "");
  }

  private static String joined(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        all.append(all.isEmpty() ? "" : SEPARATOR).append(part);
      }
    }
    return all.toString();
  }

  private String folder(String text, String unknown) {
    String known = utf8 ? text : ascii(text);
    if (known.chars().allMatch(c -> c == '^' || c == ' ')) {
      return unknown;
    }
    String name = clean(known);
    return name.equals(".") || name.equals("..") ? unknown : name;
  }

  /** Drops what is not ASCII, and control characters but for line feeds. */
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.chars()
        .filter(c -> c < 0x7f && c >= ' ' || c == '\n')
        .forEach(c -> ascii.append((char) c));
    return ascii.toString();
  }

  /** What paths cannot have becomes a blank; no two blanks side by side, none at the ends. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (FORBIDDEN.indexOf(c) >= 0
          || Character.isISOControl(c)
          || Character.isWhitespace(c)
          || Character.isSpaceChar(c)) {
        blank = true;
      } else {
        if (blank && !clean.isEmpty()) {
          clean.append(' ');
        }
        blank = false;
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
