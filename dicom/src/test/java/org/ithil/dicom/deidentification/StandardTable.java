package org.ithil.dicom.deidentification;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PS3.15 Table E.1-1 as it lies in shared/data: read apart from the tables of the program. */
final class StandardTable {
  private static final Pattern ROW = Pattern.compile("\\{[^{}]*}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]*)\"");
  private static final Map<DeidentificationOption, String> COLUMNS =
      Map.of(
          DeidentificationOption.RETAIN_SAFE_PRIVATE, "rtnSafePrivOpt",
          DeidentificationOption.RETAIN_UIDS, "rtnUIDsOpt",
          DeidentificationOption.RETAIN_DEVICE_IDENTITY, "rtnDevIdOpt",
          DeidentificationOption.RETAIN_INSTITUTION_IDENTITY, "rtnInstIdOpt",
          DeidentificationOption.RETAIN_PATIENT_CHARACTERISTICS, "rtnPatCharsOpt",
          DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES, "rtnLongFullDatesOpt",
          DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES, "rtnLongModifDatesOpt",
          DeidentificationOption.CLEAN_DESCRIPTORS, "cleanDescOpt",
          DeidentificationOption.CLEAN_STRUCTURED_CONTENT, "cleanStructContOpt",
          DeidentificationOption.CLEAN_GRAPHICS, "cleanGraphOpt");

  private final Map<String, Map<String, String>> rows = new HashMap<>();

  static StandardTable read() throws IOException {
    StandardTable table = new StandardTable();
    Matcher row =
        ROW.matcher(
            Files.readString(
                Trials.shared(
                    "data/dicom-standard/innolitics-2024e"
                        + "/confidentiality_profile_attributes.json")));
    while (row.find()) {
      Map<String, String> fields = new HashMap<>();
      Matcher field = FIELD.matcher(row.group());
      while (field.find()) {
        fields.put(field.group(1), field.group(2));
      }
      table.rows.put(fields.getOrDefault("id", ""), fields);
    }
    return table;
  }

  int size() {
    return rows.size();
  }

  private @Nullable Map<String, String> row(int tag) {
    Map<String, String> row = rows.get(String.format(Locale.ROOT, "%08x", tag));
    if (row == null && tag >>> 24 == 0x50) {
      row = rows.get("50xxxxxx");
    }
    if (row == null && tag >>> 24 == 0x60) {
      row = rows.get(String.format(Locale.ROOT, "60xx%04x", tag & 0xffff));
    }
    return row;
  }

  /** The action of the basic profile; empty if the table lacks the tag. */
  String base(int tag) {
    Map<String, String> row = row(tag);
    return row == null ? "" : row.getOrDefault("basicProfile", "");
  }

  /** K, C, or empty. */
  String letter(int tag, DeidentificationOption option) {
    Map<String, String> row = row(tag);
    return row == null ? "" : row.getOrDefault(COLUMNS.getOrDefault(option, ""), "");
  }
}
